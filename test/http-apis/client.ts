import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'

/** The SDK's client of a gateway: every call is one request, so that refusals are seen at once. */
export function connectV2(url: string): ApiGatewayV2 {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new ApiGatewayV2({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 })
}
