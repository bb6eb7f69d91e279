import type { ApiDefinition } from '../../openapi/rest/definition.ts'
import { type ClientApi, modelsOf, operationsOf } from '../../sdk/client-api.ts'
import { partitionOf } from '../../wire/arn.ts'
import { badRequest } from '../refusal.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'

/**
 * What an SDK is generated from.
 * @throws {ServiceError} `BadRequestException` when there is nothing that an SDK could call.
 */
export function describeClientApi(
  frozen: ApiDefinition,
  api: RestApiRecord,
  { stageName, region }: { stageName: string; region: string },
): ClientApi {
  const operations = operationsOf(frozen)
  // Documented: the service answers an archive without a client. A refusal tells the reason.
  if (operations.length === 0)
    throw badRequest(`Stage ${stageName} has no methods other than ANY: no SDK can call them`)
  const domain = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return {
    name: frozen.settings.name ?? api.name,
    version: frozen.settings.version ?? new Date(api.createdDate).toISOString(),
    stageName,
    region,
    invokeUrl: `https://${api.id}.execute-api.${region}.${domain}/${stageName}`,
    operations,
    models: modelsOf(frozen.models),
  }
}
