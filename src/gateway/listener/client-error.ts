import type { Socket } from 'node:net'

const statuses: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'Request Timeout'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'Request Too Long'],
}

/** Answers what is no HTTP request, if anything can still be answered, and ends its connection. */
export function refuseClientError(error: Error & { code?: string }, socket: Socket & { _httpMessage?: unknown }): void {
  const begun = hasBegunReply(socket)
  if (!socket.writable || error.code === 'ECONNRESET' || begun) {
    socket.destroy()
    return
  }
  const [status, message] = statuses[error.code ?? ''] ?? ['400 Bad Request', 'Bad Request']
  const body = JSON.stringify({ message })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Node keeps the reply that a connection is sending in `_httpMessage`: its own default asks the same. */
function hasBegunReply({ _httpMessage: reply }: { _httpMessage?: unknown }): boolean {
  return typeof reply === 'object' && reply !== null && '_headerSent' in reply && reply._headerSent === true
}
