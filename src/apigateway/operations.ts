import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Operations } from '../wire/operation.ts'

export type RestOperations = Operations<typeof Sdk>
