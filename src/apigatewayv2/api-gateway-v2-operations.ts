import type { Dependencies } from '../apigateway/dependencies.ts'
import type { HttpOperations } from './operations.ts'
import { vpcLinkV2Operations } from './vpc-link/operations.ts'

/** Every `apigatewayv2` operation that is built: so far what REST APIs need. */
export function apiGatewayV2Operations(dependencies: Pick<Dependencies, 'store' | 'now' | 'newId'>) {
  return { ...vpcLinkV2Operations(dependencies) } satisfies Partial<HttpOperations>
}
