import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Makes sure that a port is free, and chooses one for 0. The data threads share their port with `SO_REUSEPORT`, which
 * would also let a second gateway in beside the first: an exclusive bind finds out.
 *
 * @throws the system's error, such as `EADDRINUSE` or `EADDRNOTAVAIL`.
 */
export async function freePort(host: string, port: number): Promise<number> {
  // A client that waits for the port may meet the probe: it is cut off at once, and tries again.
  const probe = createServer((socket) => socket.destroy())
  probe.listen({ host, port, exclusive: true })
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : port
}
