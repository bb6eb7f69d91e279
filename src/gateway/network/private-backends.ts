import type { VpcLinkTarget } from '../../config/vpc-link-target.ts'
import type { Log } from '../../log.ts'
import type { Addresses, Dial } from '../integration/upstream/dial.ts'
import type { Send } from '../integration/upstream/upstream.ts'
import type { Upstreams } from '../integration/upstream/upstreams.ts'
import { balancedSend } from './balanced-send.ts'
import { targetChooser } from './choose-target.ts'
import { hasAttributes, type InstanceAttributes } from './discovery.ts'
import { checkHealth, type Every } from './health-checks.ts'
import { type IntegrationTls, secureContext } from './integration-tls.ts'
import { Target } from './target.ts'

export interface PrivateBackendsOutside {
  readonly upstreams: Upstreams
  readonly addresses: Addresses
  /** PEM certificates of authorities that are trusted besides the public ones. */
  readonly authorities: readonly string[]
  readonly now: () => number
  readonly every: Every
  readonly log: Log
}

/** One group of private backends: calls are spread over those that work. */
export interface PrivateBackends {
  /**
   * Sends to those of the group that have all the attributes, under an integration's TLS settings.
   * @returns Undefined when there are none.
   */
  over(tls: IntegrationTls, attributes: InstanceAttributes): Send | undefined
  /** Ends the health checks. */
  close(): void
}

/** Opens a group; its health checks, if it has any, begin at once. */
export function privateBackends(group: VpcLinkTarget, outside: PrivateBackendsOutside): PrivateBackends {
  const { upstreams, addresses, now, every, log } = outside
  const { protocol, serverName, caFile, healthCheck } = group
  const targets = group.targets.map((address) => new Target(address))
  const common = { addresses, ...(protocol && { protocol }), ...(serverName !== undefined && { serverName }) }

  const dial = ({ insecure = false, clientCertificate }: IntegrationTls): Dial => {
    const identity = { ...(caFile && { authorities: caFile }), ...(clientCertificate && { clientCertificate }) }
    const context = secureContext(identity, outside.authorities)
    return { ...common, insecure, ...(context && { secureContext: context }) }
  }

  const checks = targets.map((target) => {
    if (!healthCheck) return () => {}
    const { host, port } = target.address
    const origin = `${protocol === 'HTTPS' ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
    const send = upstreams.over(dial({}))
    return checkHealth(target, { check: healthCheck, send, origin }, every, log)
  })

  return {
    over(tls, attributes) {
      const meant = targets.filter(({ address }) => hasAttributes(address.attributes ?? {}, attributes))
      if (meant.length === 0) return undefined
      const choose = targetChooser(meant)
      const shared = dial(tls)
      const sends = new Map(meant.map((target) => [target, upstreams.over({ ...shared, to: target.address })] as const))
      return balancedSend({ choose, now, sendTo: (target) => sends.get(target) ?? unknownTarget() })
    },
    close() {
      for (const end of checks) end()
    },
  }
}

function unknownTarget(): never {
  throw new Error('A target of another group was chosen')
}
