import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'
import type { RoundTrip } from './round-trip.ts'

/** Prepares what a resource needs beside itself. */
export type Trip = (api: ApiGatewayV2) => Promise<RoundTrip>

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets'
export const functionUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
export const role = 'arn:aws:iam::123456789012:role/gateway'

/** @param settings Default: those of an HTTP API. */
export async function newApi(api: ApiGatewayV2, settings: object = {}): Promise<string> {
  return required((await api.createApi({ Name: 'pets', ProtocolType: 'HTTP', ...settings })).ApiId)
}
