import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Connection, type ConnectionLimits } from './connection.ts'
import type { Exchange } from './exchange.ts'

export interface Http1ServerOptions {
  readonly limits: ConnectionLimits
  /** How often the limits are looked at, in milliseconds. */
  readonly tickMs: number
  /** Answers every request, at once or later; never throws. */
  readonly serve: (exchange: Exchange) => void
}

/** An HTTP/1.1 server (RFC 9112) over plain sockets, without tunnels, upgrades and trailers. */
export class Http1Server {
  private readonly server: Server
  private readonly connections = new Set<Connection>()
  private readonly tickMs: number
  private ticks: NodeJS.Timeout | undefined
  private isClosing = false

  constructor({ limits, tickMs, serve }: Http1ServerOptions) {
    this.server = createServer({ noDelay: true }, (socket: Socket) => {
      const connection = new Connection(socket, limits, serve)
      this.connections.add(connection)
      socket.on('close', () => this.connections.delete(connection))
      if (this.isClosing) connection.closeSoon()
    })
    this.tickMs = tickMs
  }

  /** @returns The port, chosen by the system for 0. @throws With `code: 'EADDRINUSE'`, … when it cannot listen. */
  listen(options: { host: string; port: number; reusePort: boolean }): Promise<number> {
    const { server } = this
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ ...options, backlog: 1024 }, () => {
        server.off('error', reject)
        this.ticks = setInterval(() => this.tick(performance.now()), this.tickMs).unref()
        resolve(portOf(server.address()))
      })
    })
  }

  /** Takes no more connections and requests; resolves when the last has ended, which `deadlineMs` enforces. */
  close(deadlineMs: number): Promise<void> {
    this.isClosing = true
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.each((connection) => connection.destroy()), deadlineMs)
      this.server.close(() => {
        clearTimeout(deadline)
        clearInterval(this.ticks)
        resolve()
      })
      this.each((connection) => connection.closeSoon())
    })
  }

  private tick(nowMs: number): void {
    this.each((connection) => connection.tick(nowMs))
  }

  private each(act: (connection: Connection) => void): void {
    for (const connection of this.connections) act(connection)
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
