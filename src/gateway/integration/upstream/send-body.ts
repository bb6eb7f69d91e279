import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { StreamedBody } from './upstream.ts'

/** Sends a body at the speed of the slower side. @throws What reading the body throws. */
export async function sendBody(socket: Socket, { chunks, length }: StreamedBody): Promise<void> {
  for await (const chunk of chunks) {
    if (socket.destroyed) return
    if (chunk.length === 0) continue
    if (!write(socket, chunk, length === undefined)) await writable(socket)
  }
  if (length === undefined && !socket.destroyed) socket.write('0\r\n\r\n', 'latin1')
}

function write(socket: Socket, chunk: Uint8Array, chunked: boolean): boolean {
  if (!chunked) return socket.write(chunk)
  socket.cork()
  socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1')
  socket.write(chunk)
  const open = socket.write('\r\n', 'latin1')
  socket.uncork()
  return open
}

/** Resolves when there is room again, or the socket has ended. */
async function writable(socket: Socket): Promise<void> {
  const ended = new AbortController()
  const end = () => ended.abort()
  socket.once('close', end)
  try {
    await once(socket, 'drain', { signal: ended.signal })
  } catch (error) {
    if (!socket.destroyed) throw error
  } finally {
    socket.off('close', end)
  }
}
