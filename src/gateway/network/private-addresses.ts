import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { TargetAddress } from '../../config/link-target.ts'
import { isLoopback } from '../../config/loopback.ts'
import type { Addresses } from '../integration/upstream/dial.ts'

/** Where private backends are, which nobody may reach but through their VPC link. */
export interface PrivateAddresses {
  /** For integrations without a VPC link: private backends are refused, by name and by address. */
  readonly outside: Addresses
  /** For calls through a VPC link: what a backend's name stands for is private from then on. */
  readonly inside: Addresses
}

/** @param targets All private backends. @param find Looks names up. */
export function privateAddresses(targets: readonly TargetAddress[], find: LookupFunction = lookup): PrivateAddresses {
  const byPort = new Map<number, PortAddresses>()
  for (const { host, port } of targets) {
    const known = byPort.get(port) ?? new PortAddresses()
    byPort.set(port, known)
    known.add(host)
  }
  return {
    outside: {
      refuse: (host, port) => (byPort.get(port)?.has(host) ? new PrivateAddressError(host, port) : undefined),
      lookup: (port) => (name, options, callback) => {
        const known = byPort.get(port)
        find(name, options, (error, address, family) => {
          const found = typeof address === 'string' ? [address] : address.map((each) => each.address)
          const isPrivate = !error && known && found.some((each) => known.has(each))
          if (isPrivate) callback(new PrivateAddressError(name, port), address, family)
          else callback(error, address, family)
        })
      },
    },
    inside: {
      refuse: () => undefined,
      lookup: (port) => (name, options, callback) =>
        find(name, options, (error, address, family) => {
          const found = typeof address === 'string' ? [address] : address.map((each) => each.address)
          if (!error) for (const each of found) byPort.get(port)?.add(each)
          callback(error, address, family)
        }),
    },
  }
}

/** The private hosts that are reached at one port. */
class PortAddresses {
  private readonly names = new Set<string>()
  private readonly addresses = new BlockList()
  private anyLoopback = false

  /** @param host Name or address. */
  add(host: string): void {
    const family = isIP(host)
    if (family === 0) this.names.add(host)
    else this.addresses.addAddress(host, family === 6 ? 'ipv6' : 'ipv4')
    if (isLoopback(host)) this.anyLoopback = true
  }

  has(host: string): boolean {
    const family = isIP(host)
    // All of these lead to this machine, whatever the backend listens on.
    if (this.anyLoopback && (isLoopback(host) || host === '0.0.0.0' || host === '::')) return true
    if (family === 0) return this.names.has(host.toLowerCase().replace(/\.$/, ''))
    return this.addresses.check(host, family === 6 ? 'ipv6' : 'ipv4')
  }
}

class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
  /** As of a name that does not exist: whoever calls from outside learns no more. */
  readonly code = 'ENOTFOUND'

  constructor(host: string, port: number) {
    super(`${host}:${port} is a private backend, which is reached through its VPC link only`)
  }
}
