import { certificateFile } from './certificate-file.ts'
import { integer, type Kind, matching, networkHost, oneOf } from './kind.ts'
import { type LinkTarget, linkTargetList } from './link-target.ts'
import { listOf, objectOf, optional, required } from './structure.ts'

/** A group of private backends: what a load balancer or a Cloud Map service stands for that a VPC link leads to. */
export interface VpcLinkTarget {
  /** ARN of the load balancer, of one of its listeners, or of the Cloud Map service. */
  readonly arn: string
  /** The port in integrations' URIs that this entry answers for; unset: every port that no other entry has. */
  readonly port?: number
  readonly targets: readonly LinkTarget[]
  /** What the targets speak; unset: what the integration's URI says. */
  readonly protocol?: 'HTTP' | 'HTTPS'
  /** The name in the targets' certificates; unset: the host of the integration's URI. */
  readonly serverName?: string
  /** PEM certificates of authorities that are trusted for these targets, and no others. */
  readonly caFile?: readonly string[]
  readonly healthCheck?: HealthCheck
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

const healthCheck: Kind<HealthCheck> = objectOf(
  {
    path: required(matching(/^\/[\x21-\x7e]*$/, 'a path such as /health', '<path>')),
    intervalSeconds: optional(integer({ min: 1, max: 300 })),
  } as const,
  ({ path, intervalSeconds = 10 }) => ({ value: { path, intervalSeconds } }),
)

const members = {
  arn: required(linkTarget),
  port: optional(integer({ min: 1, max: 65_535 })),
  targets: required(linkTargetList),
  protocol: optional(oneOf(['HTTP', 'HTTPS'])),
  serverName: optional(networkHost),
  caFile: optional(certificateFile),
  healthCheck: optional(healthCheck),
} as const

const entry = objectOf(members, ({ arn, targets, port, protocol, serverName, caFile, healthCheck: check }) => {
  const discovered = targets.findIndex(({ attributes }) => attributes !== undefined)
  if (discovered >= 0 && !arn.includes(':servicediscovery:')) {
    return { problems: [`.targets[${discovered}].attributes are for instances of Cloud Map services only`] }
  }
  const value: VpcLinkTarget = {
    arn,
    targets,
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
