import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { Operations } from '../wire/operation.ts'

export type HttpOperations = Operations<typeof Sdk>
