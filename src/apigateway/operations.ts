import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Input, Operation, Operations, Output } from '../wire/operation.ts'

/** What the SDK hands to its callers with more to it than bytes, the service answers as bytes. */
type Bytes<N extends 'GetExport' | 'GetSdk'> = Operation<
  Input<typeof Sdk, N>,
  Omit<Output<typeof Sdk, N>, 'body'> & { readonly body?: Uint8Array }
>

export type RestOperations = Omit<Operations<typeof Sdk>, 'GetExport' | 'GetSdk'> & {
  readonly GetExport: Bytes<'GetExport'>
  readonly GetSdk: Bytes<'GetSdk'>
}
