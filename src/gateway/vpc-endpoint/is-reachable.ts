import type { ApiAddress } from '../listener/address.ts'
import type { StagePlan } from '../stage-plan.ts'
import type { CallEndpoint } from './vpc-endpoint.ts'

/**
 * Whether calls that come in this way can reach a stage. A private API is behind VPC endpoints alone, and nothing else is
 * behind them (documented); from any other way both look like APIs that do not exist.
 *
 * @param way The VPC endpoint. Absent: a public listener.
 */
export function isReachable(
  { privateEndpoint, region }: Pick<StagePlan, 'privateEndpoint' | 'region'>,
  { isAlias = false }: Pick<ApiAddress, 'isAlias'>,
  way: CallEndpoint | undefined,
): boolean {
  if (!way) return privateEndpoint === undefined
  if (!privateEndpoint) return false
  return region === way.region && (!isAlias || privateEndpoint.vpcEndpointIds.includes(way.vpcEndpointId))
}
