import type { Socket } from 'node:net'

/** Writes a piece of a body that is sent in chunks. @param chunk Not empty. @returns Whether there is room for more. */
export function writeChunk(socket: Socket, chunk: Uint8Array): boolean {
  socket.cork()
  socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1')
  socket.write(chunk)
  const open = socket.write('\r\n', 'latin1')
  socket.uncork()
  return open
}

/** What follows the last chunk. */
export const lastChunk = '0\r\n\r\n'
