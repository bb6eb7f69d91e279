import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  type CreateIntegrationRequest,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2'
import { connection, present } from './deploy.ts'
import { invokeTarget, stageName } from './gatehouse.ts'
import type { LoadTarget } from './load.ts'

/** Who may call a route. */
export interface JwtAccess {
  readonly issuer: string
  readonly audience: string
  /** The pages that may call. */
  readonly origin: string
}

/** Deploys an HTTP API with the route `GET /{part}`: open, or behind a JWT authorizer and with CORS. */
export async function deployRoute(
  port: number,
  part: string,
  integration: Omit<CreateIntegrationRequest, 'ApiId'>,
  access?: JwtAccess,
): Promise<LoadTarget> {
  const client = new ApiGatewayV2Client(connection(port))
  const cors = access && { CorsConfiguration: { AllowOrigins: [access.origin], AllowMethods: ['GET'] } }
  const api = await client.send(new CreateApiCommand({ Name: part, ProtocolType: 'HTTP', ...cors }))
  const ApiId = present(api.ApiId)
  const { IntegrationId } = await client.send(new CreateIntegrationCommand({ ApiId, ...integration }))
  const authorizer = access && {
    AuthorizationType: 'JWT' as const,
    AuthorizerId: await createAuthorizer(client, ApiId, access),
  }
  const Target = `integrations/${present(IntegrationId)}`
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: `GET /${part}`, Target, ...authorizer }))
  await client.send(new CreateStageCommand({ ApiId, StageName: stageName, AutoDeploy: true }))
  return invokeTarget(port, ApiId, `/${part}`)
}

async function createAuthorizer(client: ApiGatewayV2Client, ApiId: string, access: JwtAccess): Promise<string> {
  const { issuer: Issuer, audience } = access
  const { AuthorizerId } = await client.send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: 'jwt',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer, Audience: [audience] },
    }),
  )
  return present(AuthorizerId)
}
