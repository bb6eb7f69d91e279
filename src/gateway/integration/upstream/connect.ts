import { connect as connectTcp, isIP, type LookupFunction, Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls'
import type { Connect } from './connection.ts'
import type { Dial } from './dial.ts'
import { lenientProblem } from './verify-leniently.ts'

/** How long it may take to connect, in milliseconds. */
const connectMs = 10_000

/** Every plain connection of a thread reads into this buffer: what is kept is copied out of it before the next read. */
const shared = Buffer.alloc(65_536)

/** What connects to an origin such as `https://example.com:8443`. */
export function connector(origin: string, dial: Dial): Connect {
  const { protocol, hostname, port } = new URL(origin)
  const named = hostname.replace(/^\[|\]$/g, '')
  const secure = dial.protocol === undefined ? protocol === 'https:' : dial.protocol === 'HTTPS'
  const to = dial.to ?? { host: named, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
  const refusal = dial.addresses?.refuse(to.host, to.port)
  if (refusal) return () => new Socket().destroy(refusal)
  const lookup = dial.addresses && { lookup: dial.addresses.lookup(to.port) }
  const address = { ...to, ...lookup, noDelay: true, keepAlive: true }
  return secure ? tlsConnector(address, dial.serverName ?? named, dial) : tcpConnector(address)
}

interface Address {
  readonly host: string
  readonly port: number
  readonly lookup?: LookupFunction
  readonly noDelay: boolean
  readonly keepAlive: boolean
}

function tcpConnector(address: Address): Connect {
  return (receive) => {
    const onread = { buffer: () => shared, callback: (length: number) => receive(length, shared) }
    return timed(connectTcp({ ...address, onread }), 'connect')
  }
}

/** @param name The name that the certificate must have. */
function tlsConnector(address: Address, name: string, { insecure = false, secureContext }: Dial): Connect {
  const options = {
    ...address,
    ...(isIP(name) ? {} : { servername: name }),
    ...(secureContext && { secureContext }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
    checkServerIdentity: (_host: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
  }
  let session: Buffer | undefined

  return (receive) => {
    const socket = connectTls({ ...options, ...(session ? { session } : {}) })
    if (insecure) {
      // Before anything is sent: what is written waits for the handshake, which calls this at its end.
      socket.on('secureConnect', () => {
        const problem = lenientProblem(socket, name)
        if (problem) socket.destroy(problem)
      })
    } else {
      // A resumed session is not verified again, so that only verified ones may be resumed.
      socket.on('session', (ticket) => {
        session = ticket
      })
    }
    socket.on('data', (chunk: Buffer) => {
      if (!receive(chunk.length, chunk)) socket.pause()
    })
    return timed(socket, 'secureConnect')
  }
}

function timed(socket: Socket, connected: string): Socket {
  socket.setTimeout(connectMs, () => socket.destroy(new ConnectTimeout()))
  socket.once(connected, () => socket.setTimeout(0))
  return socket
}

class ConnectTimeout extends Error {
  override readonly name = 'ConnectTimeout'
  /** As of the system's own errors while connecting: nothing was sent. */
  readonly syscall = 'connect'

  constructor() {
    super('The backend did not answer the connection')
  }
}
