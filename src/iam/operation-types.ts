import type * as Sdk from '@aws-sdk/client-iam'
import type { Input, OperationName, Operations } from '../wire/operation.ts'

export type IamOperations = Operations<typeof Sdk>

/** What an operation of IAM takes. */
export type IamInput<N extends OperationName<typeof Sdk>> = Input<typeof Sdk, N>
