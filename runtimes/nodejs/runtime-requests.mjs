/** What a runtime sends to the Lambda Runtime API, as whole HTTP requests. */
const prefix = '/2018-06-01/runtime/'

/** The poll for the next invocation. */
export const next = `GET ${prefix}invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n`

export function response(requestId, json) {
  return post(`invocation/${requestId}/response`, '', json)
}

/** @param error `{errorType, errorMessage, …}` */
export function failure(requestId, error) {
  return post(`invocation/${requestId}/error`, errorHeaders(error), JSON.stringify(error))
}

/** @param error `{errorType, errorMessage, …}` */
export function initFailure(error) {
  return post('init/error', errorHeaders(error), JSON.stringify(error))
}

/** The head of a streamed response: chunks follow, then `streamEnd`. */
export function streamHead(requestId, contentType) {
  return (
    `POST ${prefix}invocation/${requestId}/response HTTP/1.1\r\nHost: runtime\r\nContent-Type: ${contentType}\r\n` +
    'Lambda-Runtime-Function-Response-Mode: streaming\r\n' +
    'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n'
  )
}

/** @param error Absent: the response is complete. */
export function streamEnd(error) {
  const body = error && Buffer.from(JSON.stringify(error)).toString('base64')
  const late = error ? `${errorHeaders(error)}Lambda-Runtime-Function-Error-Body: ${body}\r\n` : ''
  return `0\r\n${late}\r\n`
}

function post(path, headers, body) {
  return `POST ${prefix}${path} HTTP/1.1\r\nHost: runtime\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

function errorHeaders({ errorType }) {
  const value = String(errorType).replace(/[^\x20-\x7e]/g, '?')
  return `Content-Type: application/vnd.aws.lambda.error+json\r\nLambda-Runtime-Function-Error-Type: ${value}\r\n`
}
