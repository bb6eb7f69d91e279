import type { Dependencies } from '../apigateway/dependencies.ts'
import { apiOperations } from './api/operations.ts'
import { apiMappingOperations } from './api-mapping/operations.ts'
import { authorizerOperations } from './authorizer/operations.ts'
import type { HttpDependencies } from './dependencies.ts'
import { deploymentOperations } from './deployment/operations.ts'
import { domainNameV2Operations } from './domain-name/operations.ts'
import { importExportOperations } from './import-export/operations.ts'
import { integrationOperations } from './integration/operations.ts'
import { integrationResponseOperations } from './integration-response/operations.ts'
import { modelOperations } from './model/operations.ts'
import type { HttpOperations } from './operations.ts'
import { routeOperations } from './route/operations.ts'
import { routeResponseOperations } from './route-response/operations.ts'
import { routingRuleOperations } from './routing-rule/operations.ts'
import { stageOperations } from './stage/operations.ts'
import { tagOperations } from './tag/operations.ts'
import { vpcLinkV2Operations } from './vpc-link/operations.ts'

/** Every `apigatewayv2` operation that is built. */
export function apiGatewayV2Operations(dependencies: HttpDependencies & Pick<Dependencies, 'cipher'>) {
  return {
    ...apiOperations(dependencies),
    ...routeOperations(dependencies),
    ...routeResponseOperations(dependencies),
    ...integrationOperations(dependencies),
    ...integrationResponseOperations(dependencies),
    ...authorizerOperations(dependencies),
    ...modelOperations(dependencies),
    ...importExportOperations(dependencies),
    ...deploymentOperations(dependencies),
    ...stageOperations(dependencies),
    ...tagOperations(dependencies),
    ...vpcLinkV2Operations(dependencies),
    ...domainNameV2Operations(dependencies),
    ...apiMappingOperations(dependencies),
    ...routingRuleOperations(dependencies),
  } satisfies Partial<HttpOperations>
}
