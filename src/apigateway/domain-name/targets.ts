import { partitionOf } from '../../wire/arn.ts'
import type { DomainNameRecord } from './domain-name.ts'

/** How long changes of an edge-optimized endpoint are under way: clients wait for the status that follows. */
const updatingMs = 1000

/** What the names that DNS has to point to are made with. */
export interface TargetContext {
  readonly region: string
  readonly newId: (length: number) => string
  /** Epoch milliseconds. */
  readonly nowMs: number
}

/** Gives each endpoint, and no other, the name that it has or a new one, and sets when the domain name is available. */
export function withTargets(domain: DomainNameRecord, { region, newId, nowMs }: TargetContext): DomainNameRecord {
  const { regionalDomainName, distributionDomainName, ...rest } = domain
  const { types } = domain.endpointConfiguration
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const regional = () => regionalDomainName ?? `d-${newId(10)}.execute-api.${region}.${suffix}`
  const distribution = () => distributionDomainName ?? `d${newId(13)}.cloudfront.net`
  return {
    ...rest,
    ...(types.includes('REGIONAL') && { regionalDomainName: regional() }),
    ...(types.includes('EDGE') && { distributionDomainName: distribution() }),
    availableDate: types.includes('EDGE') ? nowMs + updatingMs : nowMs,
  }
}
