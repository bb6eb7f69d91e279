const uriPattern =
  /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(arn:aws[\w-]*:lambda:[^/]+)\/invocations$/
const streamingUriPattern =
  /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2021-11-15\/functions\/(arn:aws[\w-]*:lambda:[^/]+)\/response-streaming-invocations$/

/**
 * The function that an `AWS_PROXY` URI names:
 * `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations`.
 *
 * @param uri With its stage variables filled in.
 * @returns Undefined when the URI names no function.
 */
export function functionArn(uri: string): string | undefined {
  return uriPattern.exec(uri)?.[1]
}

/**
 * The function that the URI of a streaming `AWS_PROXY` names:
 * `arn:aws:apigateway:{region}:lambda:path/2021-11-15/functions/{functionArn}/response-streaming-invocations`.
 *
 * @param uri With its stage variables filled in.
 * @returns Undefined when the URI names no function.
 */
export function streamingFunctionArn(uri: string): string | undefined {
  return streamingUriPattern.exec(uri)?.[1]
}
