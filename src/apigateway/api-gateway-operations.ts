import { accessAssociationOperations } from './access-association/operations.ts'
import { accountOperations } from './account/operations.ts'
import { apiKeyOperations } from './api-key/operations.ts'
import { authorizerOperations } from './authorizer/operations.ts'
import { testAuthorizerOperations } from './authorizer/test-authorizer-operations.ts'
import { basePathMappingOperations } from './base-path-mapping/operations.ts'
import { cacheOperations } from './cache/operations.ts'
import { clientCertificateOperations } from './client-certificate/operations.ts'
import type { Dependencies } from './dependencies.ts'
import { deploymentOperations } from './deployment/operations.ts'
import { documentationPartOperations } from './documentation-part/operations.ts'
import { documentationVersionOperations } from './documentation-version/operations.ts'
import { domainNameOperations } from './domain-name/operations.ts'
import { gatewayResponseOperations } from './gateway-response/operations.ts'
import { importExportOperations } from './import-export/operations.ts'
import { integrationOperations } from './integration/operations.ts'
import { integrationResponseOperations } from './integration-response/operations.ts'
import { methodOperations } from './method/operations.ts'
import { testInvokeOperations } from './method/test-invoke-operations.ts'
import { methodResponseOperations } from './method-response/operations.ts'
import { modelOperations } from './model/operations.ts'
import type { RestOperations } from './operations.ts'
import { requestValidatorOperations } from './request-validator/operations.ts'
import { resourceOperations } from './resource/operations.ts'
import { restApiOperations } from './rest-api/operations.ts'
import { sdkOperations } from './sdk/operations.ts'
import { sdkTypeOperations } from './sdk-type/operations.ts'
import { stageOperations } from './stage/operations.ts'
import { tagOperations } from './tag/operations.ts'
import { usageOperations } from './usage/operations.ts'
import { usagePlanKeyOperations } from './usage-plan/key-operations.ts'
import { usagePlanOperations } from './usage-plan/operations.ts'
import { vpcLinkOperations } from './vpc-link/operations.ts'

/** Every `apigateway` operation that is built. */
export function apiGatewayOperations(dependencies: Dependencies) {
  return {
    ...accountOperations(dependencies),
    ...restApiOperations(dependencies),
    ...resourceOperations(dependencies),
    ...methodOperations(dependencies),
    ...testInvokeOperations(dependencies),
    ...testAuthorizerOperations(dependencies),
    ...methodResponseOperations(dependencies),
    ...integrationOperations(dependencies),
    ...integrationResponseOperations(dependencies),
    ...modelOperations(dependencies),
    ...requestValidatorOperations(dependencies),
    ...authorizerOperations(dependencies),
    ...gatewayResponseOperations(dependencies),
    ...documentationPartOperations(dependencies),
    ...documentationVersionOperations(dependencies),
    ...importExportOperations(dependencies),
    ...deploymentOperations(dependencies),
    ...stageOperations(dependencies),
    ...cacheOperations(dependencies),
    ...apiKeyOperations(dependencies),
    ...usagePlanOperations(dependencies),
    ...usagePlanKeyOperations(dependencies),
    ...usageOperations(dependencies),
    ...clientCertificateOperations(dependencies),
    ...domainNameOperations(dependencies),
    ...basePathMappingOperations(dependencies),
    ...accessAssociationOperations(dependencies),
    ...vpcLinkOperations(dependencies),
    ...sdkTypeOperations(),
    ...sdkOperations(dependencies),
    ...tagOperations(dependencies),
  } satisfies Partial<RestOperations>
}
