export type SyntaxStatus = 400 | 408 | 413 | 417 | 431 | 501 | 505

/** What a client sent is no acceptable HTTP/1.1: its connection ends with this status. */
export class HttpSyntaxError extends Error {
  override readonly name = 'HttpSyntaxError'
  readonly status: SyntaxStatus

  constructor(message: string, status: SyntaxStatus = 400) {
    super(message)
    this.status = status
  }
}

const messages: Readonly<Record<SyntaxStatus, readonly [reason: string, message: string]>> = {
  400: ['Bad Request', 'Bad Request'],
  408: ['Request Timeout', 'Request Timeout'],
  413: ['Payload Too Large', 'Request Too Long'],
  417: ['Expectation Failed', 'Expectation Failed'],
  431: ['Request Header Fields Too Large', 'Request Header Fields Too Large'],
  501: ['Not Implemented', 'Not Implemented'],
  505: ['HTTP Version Not Supported', 'HTTP Version Not Supported'],
}

/** The whole response that ends a connection whose client broke the protocol. */
export function refusal(status: SyntaxStatus): string {
  const [reason, message] = messages[status]
  const body = JSON.stringify({ message })
  const headers = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`
  return `HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`
}
