import { once } from 'node:events'
import type { Socket } from 'node:net'
import { lastChunk, writeChunk } from '../../http1/write-chunk.ts'
import type { StreamedBody } from './upstream.ts'

/** Sends a body at the speed of the slower side. @throws What reading the body throws. */
export async function sendBody(socket: Socket, { chunks, length }: StreamedBody): Promise<void> {
  for await (const chunk of chunks) {
    if (socket.destroyed) return
    if (chunk.length === 0) continue
    const open = length === undefined ? writeChunk(socket, chunk) : socket.write(chunk)
    if (!open) await writable(socket)
  }
  if (length === undefined && !socket.destroyed) socket.write(lastChunk, 'latin1')
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
