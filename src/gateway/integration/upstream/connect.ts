import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Connect } from './connection.ts'

/** How long it may take to connect, in milliseconds. */
const connectMs = 10_000

/** Every plain connection of a thread reads into this buffer: what is kept is copied out of it before the next read. */
const shared = Buffer.alloc(65_536)

/** What connects to an origin such as `https://example.com:8443`. */
export function connector(origin: string): Connect {
  const { protocol, hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'https:'
  const address = { host, port: Number(port) || (secure ? 443 : 80), noDelay: true, keepAlive: true }
  let session: Buffer | undefined

  return (receive) => {
    if (!secure) {
      const onread = { buffer: () => shared, callback: (length: number) => receive(length, shared) }
      return timed(connectTcp({ ...address, onread }), 'connect')
    }
    const names = isIP(host) ? {} : { servername: host }
    const socket = connectTls({ ...address, ...names, ...(session ? { session } : {}), ALPNProtocols: ['http/1.1'] })
    socket.on('session', (ticket) => {
      session = ticket
    })
    socket.on('data', (chunk: Buffer) => {
      if (!receive(chunk.length, chunk)) socket.pause()
    })
    return timed(socket, 'secureConnect')
  }
}

function timed(socket: Socket, connected: string): Socket {
  socket.setTimeout(connectMs, () => socket.destroy(new Error('The backend did not answer the connection')))
  socket.once(connected, () => socket.setTimeout(0))
  return socket
}
