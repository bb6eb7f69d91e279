import type { VpcLinkTarget } from '../../config/vpc-link-target.ts'

/**
 * Finds the group of private backends that a load balancer or a listener stands for.
 *
 * @param arn What a link or an integration names. A listener without an entry of its own is its load balancer's.
 * @param port The port in the integration's URI; an entry for that port is preferred to one for every port.
 */
export function findGroup<T extends Pick<VpcLinkTarget, 'arn' | 'port'>>(
  groups: readonly T[],
  arn: string,
  port: number,
): T | undefined {
  for (const name of [arn, loadBalancerOf(arn)]) {
    const named = groups.filter((group) => group.arn === name)
    const found = named.find((group) => group.port === port) ?? named.find((group) => group.port === undefined)
    if (found) return found
  }
  return undefined
}

/** `…:loadbalancer/net/orders/0123` of `…:listener/net/orders/0123/4567`. */
function loadBalancerOf(listener: string): string {
  return listener.replace(/:listener\/(.+)\/[^/]+$/, ':loadbalancer/$1')
}
