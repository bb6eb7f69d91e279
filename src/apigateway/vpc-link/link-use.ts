import { collection, type Reader } from '../../storage/store.ts'
import type { Definition } from '../deployment/definition.ts'
import { badRequest } from '../refusal.ts'
import { isServedBy, stagesOf } from '../stage/stage.ts'

/** A deployed method whose integration goes through a VPC link. */
interface LinkUse {
  readonly httpMethod: string
  readonly resourceId: string
  /** The link's id; may hold `${stageVariables.x}`. */
  readonly connectionId: string
}

/** By `{restApiId}/{deploymentId}`: only deployments that use a link. */
export const vpcLinkUses = collection<readonly LinkUse[]>('rest-vpc-link-use')

/** The methods of an API that go through VPC links. */
export function linkUses({ resources }: Definition): LinkUse[] {
  return resources.flatMap(({ resource, methods }) =>
    methods.flatMap(({ httpMethod, methodIntegration: { connectionType, connectionId } }) =>
      connectionType === 'VPC_LINK' && connectionId !== undefined
        ? [{ httpMethod, resourceId: resource.id, connectionId }]
        : [],
    ),
  )
}

/** @throws {ServiceError} `BadRequestException` for a link that a stage's deployment uses, in the service's words (observed). */
export async function refuseLinkInUse(reader: Reader, scope: string, vpcLinkId: string): Promise<void> {
  const places: string[] = []
  for (const { key, document } of await reader.list(vpcLinkUses, scope)) {
    const [restApiId = '', deploymentId = ''] = key.split('/')
    for (const stage of await stagesOf(reader, scope, restApiId)) {
      if (!isServedBy(stage, deploymentId)) continue
      const variables = { ...stage.variables, ...stage.canarySettings?.stageVariableOverrides }
      const linksOf = [stage.variables ?? {}, variables]
      for (const { httpMethod, resourceId, connectionId } of document) {
        if (linksOf.some((values) => linkIdOf(connectionId, values) === vpcLinkId)) {
          places.push(`${restApiId}:${httpMethod}:${resourceId}:${stage.stageName}`)
        }
      }
    }
  }
  if (places.length > 0) {
    throw badRequest(
      `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${places.join(', ')}] in format of [RESTApiId:Method:Resource:Stage].`,
    )
  }
}

/** The link that an integration's `connectionId` names under a stage's variables. */
export function linkIdOf(connectionId: string, variables: Readonly<Record<string, string>>): string {
  return connectionId.replace(/\$\{stageVariables\.(\w+)\}/g, (_all, name: string) => variables[name] ?? '')
}
