import { scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import type { Deploying } from '../deployment/create-deployment.ts'
import { insertChild } from '../insert-child.ts'
import { merged } from '../merge.ts'
import type { Request } from '../operations.ts'
import { documentsOf } from '../paging.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type AuthorizerRecord, authorizers } from './authorizer.ts'
import { checkAuthorizer } from './rules.ts'

type Settings = Omit<Request<'CreateAuthorizer'>, 'ApiId'>

/** Documented quota of one API. */
export const maxAuthorizers = 10

/**
 * Stores a new authorizer, and deploys nothing.
 * @throws {ServiceError} as `checkAuthorizer` does, and for one too many; nothing is stored then.
 */
export async function createAuthorizer(
  { transaction, caller, newId }: Pick<Deploying, 'transaction' | 'caller' | 'newId'>,
  api: ApiRecord,
  settings: Settings,
): Promise<AuthorizerRecord> {
  const scope = scopeOf(caller)
  const { length } = await documentsOf(transaction, authorizers, scope, `${api.ApiId}/`)
  checkAuthorizer(api, newAuthorizer('new', api, settings), caller)
  refuseOneTooMany(length, maxAuthorizers, 'Authorizers')
  const draw = () => newId(6)
  return insertChild(transaction, authorizers, scope, api.ApiId, draw, (id) => newAuthorizer(id, api, settings))
}

/** Fills in what a request leaves open. */
function newAuthorizer(
  AuthorizerId: string,
  { ProtocolType }: Pick<ApiRecord, 'ProtocolType'>,
  settings: Settings,
): AuthorizerRecord {
  const { Name, AuthorizerType, IdentitySource } = settings
  const isHttpFunction = ProtocolType === 'HTTP' && AuthorizerType === 'REQUEST'
  return merged<AuthorizerRecord>(
    { AuthorizerId, Name, AuthorizerType, IdentitySource, ...(isHttpFunction && { EnableSimpleResponses: false }) },
    settings,
  )
}
