import type { Dependencies } from '../apigateway/dependencies.ts'
import { apiMappingOperations } from './api-mapping/operations.ts'
import { domainNameV2Operations } from './domain-name/operations.ts'
import type { HttpOperations } from './operations.ts'
import { routingRuleOperations } from './routing-rule/operations.ts'
import { vpcLinkV2Operations } from './vpc-link/operations.ts'

/** Every `apigatewayv2` operation that is built. */
export function apiGatewayV2Operations(dependencies: Pick<Dependencies, 'store' | 'now' | 'newId' | 'cipher'>) {
  return {
    ...vpcLinkV2Operations(dependencies),
    ...domainNameV2Operations(dependencies),
    ...apiMappingOperations(dependencies),
    ...routingRuleOperations(dependencies),
  } satisfies Partial<HttpOperations>
}
