import { scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import type { Deploying } from '../deployment/create-deployment.ts'
import { insertChild } from '../insert-child.ts'
import type { Request } from '../operations.ts'
import { documentsOf } from '../paging.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type IntegrationRecord, integrations } from './integration.ts'
import { newIntegration } from './new-integration.ts'
import { checkIntegration } from './rules.ts'

/** Documented quota of one API. */
export const maxIntegrations = 300

/**
 * Stores a new integration, and deploys nothing.
 * @throws {ServiceError} as `checkIntegration` does, and for one too many; nothing is stored then.
 */
export async function createIntegration(
  { transaction, caller, newId }: Pick<Deploying, 'transaction' | 'caller' | 'newId'>,
  api: ApiRecord,
  settings: Omit<Request<'CreateIntegration'>, 'ApiId'>,
): Promise<IntegrationRecord> {
  const scope = scopeOf(caller)
  const { length } = await documentsOf(transaction, integrations, scope, `${api.ApiId}/`)
  await checkIntegration(transaction, caller, api, newIntegration('new', api, settings))
  refuseOneTooMany(length, maxIntegrations, 'Integrations')
  const draw = () => newId(7)
  return insertChild(transaction, integrations, scope, api.ApiId, draw, (id) => newIntegration(id, api, settings))
}
