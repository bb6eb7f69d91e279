import type * as Sdk from '@aws-sdk/client-sts'
import type { Input, OperationName, Operations } from '../wire/operation.ts'

export type StsOperations = Operations<typeof Sdk>

/** What an operation of STS takes. */
export type StsInput<N extends OperationName<typeof Sdk>> = Input<typeof Sdk, N>
