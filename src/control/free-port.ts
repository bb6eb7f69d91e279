import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Makes sure that a port is free, and chooses one for 0. The data threads share their port with `SO_REUSEPORT`, which
 * would also let a second gateway in beside the first: an exclusive bind finds out.
 *
 * @throws the system's error, such as `EADDRINUSE` or `EADDRNOTAVAIL`.
 */
export async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer()
  probe.listen({ host, port, exclusive: true })
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : port
}
