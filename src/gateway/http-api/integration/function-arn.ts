import { functionArn as functionOfUri } from '../../integration/lambda-proxy/function-arn.ts'

/**
 * The function that an integration of an HTTP API names: by its ARN, or by its invocation URI as REST APIs have it.
 *
 * @param uri With its stage variables filled in.
 * @returns Undefined when the URI names no function.
 */
export function functionArn(uri: string): string | undefined {
  return /^arn:aws[\w-]*:lambda:[^/]+$/.test(uri) ? uri : functionOfUri(uri)
}
