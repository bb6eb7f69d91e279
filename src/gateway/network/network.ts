import type { VpcLinkTarget } from '../../config/vpc-link-target.ts'
import type { Log } from '../../log.ts'
import { configurationError } from '../error.ts'
import type { ResponseListener, Send } from '../integration/upstream/upstream.ts'
import { upstreams } from '../integration/upstream/upstreams.ts'
import type { InstanceAttributes } from './discovery.ts'
import type { Every } from './health-checks.ts'
import { type IntegrationTls, secureContext, tlsKey } from './integration-tls.ts'
import { privateAddresses } from './private-addresses.ts'
import { type PrivateBackends, privateBackends } from './private-backends.ts'
import { findGroup } from './target-groups.ts'
import type { VpcLinks } from './vpc-links.ts'
import type { LinkedWay, Way } from './way.ts'

export interface NetworkOptions {
  readonly vpcLinkTargets: readonly VpcLinkTarget[]
  /** PEM certificates of authorities that are trusted besides the public ones. */
  readonly authorities: readonly string[]
  readonly links: VpcLinks
  readonly now: () => number
  readonly every: Every
  readonly log: Log
}

/** Everything that integrations reach over the network. */
export interface Network {
  /** To AWS services, and to whatever else the configuration names. */
  readonly send: Send
  /** To what the authors of APIs name: private backends are refused. */
  readonly internet: Send
  /** To the backend of one HTTP integration: over its VPC link, or over the internet, under its TLS settings. */
  sendOf(way: Way): Send
  /** Ends every connection and health check. */
  close(): void
}

/** Opens connections, and begins health checks, when they are needed first. */
export function network(options: NetworkOptions): Network {
  const { vpcLinkTargets, authorities, links } = options
  const connections = upstreams()
  const addresses = privateAddresses(vpcLinkTargets.flatMap(({ targets }) => targets))
  const publicSends = new Map<string, Send>()
  const groups = new Map<VpcLinkTarget, { backends: PrivateBackends; sends: Map<string, Send> }>()

  function publicSend(tls: IntegrationTls): Send {
    return remembered(publicSends, tlsKey(tls), () => {
      const context = secureContext(tls, authorities)
      const insecure = tls.insecure ?? false
      const guard = vpcLinkTargets.length > 0 && { addresses: addresses.outside }
      return connections.over({ insecure, ...(context && { secureContext: context }), ...guard })
    })
  }

  /** @param key Of the TLS settings and the attributes. */
  function privateSend(group: VpcLinkTarget, key: string, tls: IntegrationTls, asked: InstanceAttributes) {
    const { backends, sends } = remembered(groups, group, () => ({
      backends: privateBackends(group, { ...options, upstreams: connections, addresses: addresses.inside }),
      sends: new Map<string, Send>(),
    }))
    const known = sends.get(key)
    if (known) return known
    const made = backends.over(tls, asked)
    if (made) sends.set(key, made)
    return made
  }

  function linkedSend(way: LinkedWay, tls: IntegrationTls): Send {
    const { account, region, vpcLinkId, target, attributes = {}, pathPrefix } = way
    const key = `${tlsKey(tls)} ${JSON.stringify(attributes)}`
    const fail = (response: ResponseListener, reason: string) => {
      response.onError(brokenLink(vpcLinkId, reason))
      return { resume() {}, abort() {} }
    }
    return (origin, request, response) => {
      const link = links.find(account, region, vpcLinkId)
      if (!link) return fail(response, 'there is no such link')
      const arn = link.version === 'V2' ? target : link.targetArns[0]
      const group = arn === undefined ? undefined : findGroup(vpcLinkTargets, arn, portOf(origin))
      if (!group) return fail(response, `no entry of \`vpcLinkTargets\` is for ${arn || 'its target'}`)
      const send = privateSend(group, key, tls, attributes)
      if (!send) return fail(response, `no target of ${group.arn} has the attributes ${JSON.stringify(attributes)}`)
      const path = link.version === 'V2' ? pathPrefix + request.path : request.path
      return send(origin, { ...request, path }, response)
    }
  }

  return {
    send: connections.over(authorities.length > 0 ? trusting(authorities) : {}),
    internet: (origin, request, listener) => publicSend({})(origin, request, listener),
    sendOf: ({ tls, link }) => (link ? linkedSend(link, tls) : publicSend(tls)),
    close() {
      for (const { backends } of groups.values()) backends.close()
      connections.close()
    },
  }
}

function trusting(authorities: readonly string[]) {
  const context = secureContext({}, authorities)
  return context ? { secureContext: context } : {}
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}

function portOf(origin: string): number {
  const { port, protocol } = new URL(origin)
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

/** The words of the service's log (documented), and what is missing here. */
function brokenLink(vpcLinkId: string, reason: string) {
  return configurationError(
    `Execution failed due to configuration error: There was an internal error while executing your request: VPC link ${vpcLinkId}: ${reason}`,
  )
}
