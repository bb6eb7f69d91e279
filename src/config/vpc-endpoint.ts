import { compilePolicy } from '../policy/policy.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { integer, type Kind, matching, networkHost, wrong } from './kind.ts'
import { region } from './network.ts'
import { isObject, listOf, objectOf, optional, required } from './structure.ts'

/** An interface endpoint of the service `execute-api`: a private listener, the only way to private APIs. */
export interface VpcEndpoint {
  /** `vpce-…` */
  readonly vpcEndpointId: string
  /** `vpc-…`: the network that the listener stands for. */
  readonly vpcId: string
  /** Unset: the setting `host`. */
  readonly host?: string
  readonly port: number
  /** Whose APIs can be reached through it; unset: the setting `region`. */
  readonly region?: string
  /** The endpoint policy: JSON text. Unset: everything may pass. */
  readonly policy?: string
}

/** The policy of an endpoint, as the file has it: a JSON object. */
const policyDocument: Kind<string> = {
  expected: 'a policy document',
  fromText: (text) => text,
  parse(value) {
    if (!isObject(value)) return wrong(this, value)
    const text = JSON.stringify(value)
    try {
      compilePolicy(text, 'resource')
      return { value: text }
    } catch (error) {
      if (error instanceof PolicyError) return { problems: [`${error.message} (${error.place})`] }
      throw error
    }
  },
}

const members = {
  vpcEndpointId: required(matching(/^vpce-[0-9a-z]+$/, 'an id such as vpce-0123456789abcdef0', '<id>')),
  vpcId: required(matching(/^vpc-[0-9a-z]+$/, 'an id such as vpc-0123456789abcdef0', '<id>')),
  host: optional(networkHost),
  port: required(integer({ min: 1, max: 65_535 })),
  region: optional(region),
  policy: optional(policyDocument),
} as const

const entry = objectOf(members, ({ vpcEndpointId, vpcId, host, port, region: of, policy }) => {
  const value: VpcEndpoint = {
    vpcEndpointId,
    vpcId,
    port,
    ...(host !== undefined && { host }),
    ...(of !== undefined && { region: of }),
    ...(policy !== undefined && { policy }),
  }
  return { value }
})

const entries = listOf(entry, 'a list of objects with vpcEndpointId, vpcId and port')

/** A list of VPC endpoints as the configuration file gives it. */
export const vpcEndpointList: Kind<readonly VpcEndpoint[]> = {
  ...entries,
  parse(value, place) {
    const outcome = entries.parse(value, place)
    if ('problems' in outcome) return outcome
    const ids = outcome.value.map(({ vpcEndpointId }) => vpcEndpointId)
    const twice = ids.findIndex((id, i) => ids.indexOf(id) < i)
    return twice < 0 ? outcome : { problems: [`[${twice}] has the vpcEndpointId of another entry`] }
  },
}

const everyHost = new Set(['0.0.0.0', '::'])

/** The endpoints that would share their port with another listener: whoever came through it could not be told. */
export function sharedPorts(
  endpoints: readonly VpcEndpoint[],
  { host, ports }: { readonly host: string; readonly ports: readonly number[] },
): string[] {
  const taken = ports.map((port) => ({ host, port }))
  return endpoints.flatMap(({ vpcEndpointId, port, host: own = host }) => {
    const shared = taken.some((other) => other.port === port && overlap(other.host, own))
    taken.push({ host: own, port })
    return shared ? [`vpcEndpoints: ${vpcEndpointId} has port ${port}, on which another listener is`] : []
  })
}

function overlap(one: string, other: string): boolean {
  return one === other || everyHost.has(one) || everyHost.has(other)
}
