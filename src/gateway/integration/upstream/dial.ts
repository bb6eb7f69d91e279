import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'

/** How connections to origins are made. One object for each way: connections are kept for those who share it. */
export interface Dial {
  /** Authorities and the client certificate; absent: the public authorities, and no client certificate. */
  readonly secureContext?: SecureContext
  /** `tlsConfig.insecureSkipVerification`: whoever issued a certificate is trusted. */
  readonly insecure?: boolean
  /** Connect here, instead of to the origin's own host and port. */
  readonly to?: { readonly host: string; readonly port: number }
  /** Whatever the origin says. */
  readonly protocol?: 'HTTP' | 'HTTPS'
  /** The name in the certificate; absent: the origin's host. */
  readonly serverName?: string
  /** Absent: everybody. */
  readonly addresses?: Addresses
}

/** Who may be connected to. */
export interface Addresses {
  /** What is wrong with a name or an address; undefined: nothing. */
  refuse(host: string, port: number): Error | undefined
  /** Looks up names that were not refused. */
  lookup(port: number): LookupFunction
}
