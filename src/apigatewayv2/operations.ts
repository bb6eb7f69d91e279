import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { Operation, Operations, Input as SdkInput, Output as SdkOutput } from '../wire/operation.ts'

/** What the SDK hands to its callers with more to it than bytes, the service answers as bytes. */
type Bytes<N extends 'ExportApi'> = Operation<
  SdkInput<typeof Sdk, N>,
  Omit<SdkOutput<typeof Sdk, N>, 'body'> & { readonly body?: Uint8Array }
>

export type HttpOperations = Omit<Operations<typeof Sdk>, 'ExportApi'> & { readonly ExportApi: Bytes<'ExportApi'> }

/** What a client asks one operation for. */
export type Request<N extends string> = SdkInput<typeof Sdk, N>
