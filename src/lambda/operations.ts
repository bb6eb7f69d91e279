import type * as Sdk from '@aws-sdk/client-lambda'
import type { Input, Operation, OperationName, Operations, Output } from '../wire/operation.ts'

/** What `Invoke` takes, its payload as bytes: the SDK's own type also lists what only its client converts. */
export type InvokeInput = Omit<Input<typeof Sdk, 'Invoke'>, 'Payload'> & { readonly Payload?: Uint8Array }

/** What `Invoke` answers, its payload as bytes. */
export type InvokeOutput = Omit<Output<typeof Sdk, 'Invoke'>, 'Payload'> & { readonly Payload?: Uint8Array }

export type LambdaOperations = Omit<Operations<typeof Sdk>, 'Invoke'> & {
  readonly Invoke: Operation<InvokeInput, InvokeOutput>
}

/** What an operation of Lambda takes. */
export type LambdaInput<N extends OperationName<typeof Sdk>> = Input<typeof Sdk, N>

/** What an operation of Lambda answers. */
export type LambdaOutput<N extends OperationName<typeof Sdk>> = Output<typeof Sdk, N>
