import { certificateFile } from './certificate-file.ts'
import { integer, type Kind, matching, networkHost, oneOf, wrong } from './kind.ts'
import { listOf, objectOf, optional, required } from './structure.ts'

/** A group of private backends: what a load balancer or a Cloud Map service stands for that a VPC link leads to. */
export interface VpcLinkTarget {
  /** ARN of the load balancer, of one of its listeners, or of the Cloud Map service. */
  readonly arn: string
  /** The port in integrations' URIs that this entry answers for; unset: every port that no other entry has. */
  readonly port?: number
  readonly targets: readonly TargetAddress[]
  /** What the targets speak; unset: what the integration's URI says. */
  readonly protocol?: 'HTTP' | 'HTTPS'
  /** The name in the targets' certificates; unset: the host of the integration's URI. */
  readonly serverName?: string
  /** PEM certificates of authorities that are trusted for these targets, and no others. */
  readonly caFile?: readonly string[]
  readonly healthCheck?: HealthCheck
}

export interface TargetAddress {
  readonly host: string
  readonly port: number
}

/** How targets are asked whether they work: an answer of status 200 to 399 in time says so. */
export interface HealthCheck {
  readonly path: string
  readonly intervalSeconds: number
}

const linkTarget = matching(
  /^arn:[\w-]+:(elasticloadbalancing:[\w-]*:\d{12}:(loadbalancer|listener)\/[\w/-]+|servicediscovery:[\w-]*:\d{12}:service\/srv-[\w-]+)$/,
  'the ARN of a load balancer, of a listener, or of a Cloud Map service',
  '<arn>',
)

/** `10.0.0.5:8080`, `orders.internal:443`, `[::1]:80`. */
const address: Kind<TargetAddress> = {
  expected: 'a host and a port such as 10.0.0.5:8080',
  fromText: (text) => text,
  parse(value, place) {
    if (typeof value !== 'string') return wrong(this, value)
    const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(value) ?? []
    const port = Number(digits)
    const host = networkHost.parse(bracketed ?? plain, place)
    return 'value' in host && port > 0 && port <= 65_535
      ? { value: { host: host.value.toLowerCase(), port } }
      : wrong(this, value)
  },
}

const healthCheck: Kind<HealthCheck> = objectOf(
  {
    path: required(matching(/^\/[\x21-\x7e]*$/, 'a path such as /health', '<path>')),
    intervalSeconds: optional(integer({ min: 1, max: 300 })),
  } as const,
  ({ path, intervalSeconds = 10 }) => ({ value: { path, intervalSeconds } }),
)

const addresses = listOf(address, 'a list of hosts and ports')

/** At least one address, and none twice. */
const targets: Kind<readonly TargetAddress[]> = {
  ...addresses,
  parse(value, place) {
    const outcome = addresses.parse(value, place)
    if ('problems' in outcome) return outcome
    const names = outcome.value.map(({ host, port }) => `${host}:${port}`)
    if (names.length === 0) return { problems: ['must name one target at least'] }
    const twice = names.find((name, i) => names.indexOf(name) < i)
    return twice === undefined ? outcome : { problems: [`names ${twice} twice`] }
  },
}

const members = {
  arn: required(linkTarget),
  port: optional(integer({ min: 1, max: 65_535 })),
  targets: required(targets),
  protocol: optional(oneOf(['HTTP', 'HTTPS'])),
  serverName: optional(networkHost),
  caFile: optional(certificateFile),
  healthCheck: optional(healthCheck),
} as const

const entry = objectOf(members, ({ arn, targets: list, port, protocol, serverName, caFile, healthCheck: check }) => {
  const value: VpcLinkTarget = {
    arn,
    targets: list,
    ...(port !== undefined && { port }),
    ...(protocol !== undefined && { protocol }),
    ...(serverName !== undefined && { serverName }),
    ...(caFile !== undefined && { caFile }),
    ...(check !== undefined && { healthCheck: check }),
  }
  return { value }
})

const entries = listOf(entry, 'a list of objects with arn and targets')

/** A list of groups of private backends as the configuration file gives it. */
export const vpcLinkTargetList: Kind<readonly VpcLinkTarget[]> = {
  ...entries,
  parse(value, place) {
    const outcome = entries.parse(value, place)
    if ('problems' in outcome) return outcome
    const keys = outcome.value.map(({ arn, port }) => `${arn} ${port}`)
    const twice = keys.findIndex((key, i) => keys.indexOf(key) < i)
    return twice < 0 ? outcome : { problems: [`[${twice}] is for the same ARN and port as another entry`] }
  },
}
