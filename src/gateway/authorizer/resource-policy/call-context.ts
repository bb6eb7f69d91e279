import type { ConditionContext } from '../../../policy/request.ts'
import type { Invocation } from '../../invocation.ts'

/** The condition keys that every call of an API has, and those of its caller. */
export function callContext(
  { request, client, receivedAt, vpcEndpoint }: Invocation,
  region: string,
  caller?: ConditionContext,
): ConditionContext {
  return (key) => {
    switch (key) {
      // Documented: the address of who comes through a VPC endpoint has a key of its own.
      case 'aws:sourceip':
        return vpcEndpoint ? undefined : client.sourceIp
      case 'aws:vpcsourceip':
        return vpcEndpoint && client.sourceIp
      case 'aws:sourcevpce':
        return vpcEndpoint?.vpcEndpointId
      case 'aws:sourcevpc':
        return vpcEndpoint?.vpcId
      case 'aws:securetransport':
        return String(client.scheme === 'https')
      case 'aws:currenttime':
        return new Date(receivedAt).toISOString()
      case 'aws:epochtime':
        return String(Math.floor(receivedAt / 1000))
      case 'aws:useragent':
        return request.headers.get('user-agent')
      case 'aws:referer':
        return request.headers.get('referer')
      case 'aws:requestedregion':
        return region
      default:
        return caller?.(key)
    }
  }
}
