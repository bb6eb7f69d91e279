import type { Collection, Transaction } from '../../storage/store.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { documentationParts } from '../documentation-part/documentation-part.ts'
import { gatewayResponses } from '../gateway-response/gateway-response.ts'
import { insertNew } from '../insert-new.ts'
import { models } from '../model/model.ts'
import { formatModelUrl } from '../model/model-url.ts'
import { requestValidators } from '../request-validator/request-validator.ts'

/** The ids of copies by those of their originals. */
export type CopiedIds = ReadonlyMap<string, string>

/** From which API to which a clone is made. */
export interface Cloning {
  readonly transaction: Transaction
  readonly scope: string
  /** The original's id. */
  readonly sourceId: string
  /** The clone's id. */
  readonly targetId: string
  readonly newId: (length: number) => string
}

/** What methods refer to by id. */
export interface CopiedChildren {
  readonly authorizers: CopiedIds
  readonly requestValidators: CopiedIds
}

/** Copies all that an API has beside resources and methods; the copies get ids of their own. */
export async function copyChildren(cloning: Cloning): Promise<CopiedChildren> {
  await copyModels(cloning)
  await copyGatewayResponses(cloning)
  await copyUnderNewIds(cloning, documentationParts)
  return {
    authorizers: await copyUnderNewIds(cloning, authorizers),
    requestValidators: await copyUnderNewIds(cloning, requestValidators),
  }
}

/** References between models name the API: those of the copies lead to copies. */
async function copyModels({ transaction, scope, sourceId, targetId, newId }: Cloning): Promise<void> {
  const from = formatModelUrl({ restApiId: sourceId, modelName: '' })
  const to = formatModelUrl({ restApiId: targetId, modelName: '' })
  for (const { document: model } of await transaction.list(models, scope, { prefix: `${sourceId}/` })) {
    const copy = { ...model, id: newId(6), schema: model.schema.replaceAll(from, to) }
    await transaction.put(models, scope, `${targetId}/${model.name}`, copy)
  }
}

async function copyGatewayResponses({ transaction, scope, sourceId, targetId }: Cloning): Promise<void> {
  for (const { document } of await transaction.list(gatewayResponses, scope, { prefix: `${sourceId}/` })) {
    await transaction.put(gatewayResponses, scope, `${targetId}/${document.responseType}`, document)
  }
}

async function copyUnderNewIds<D extends { readonly id: string }>(
  { transaction, scope, sourceId, targetId, newId }: Cloning,
  collection: Collection<D>,
): Promise<CopiedIds> {
  const ids = new Map<string, string>()
  for (const { document } of await transaction.list(collection, scope, { prefix: `${sourceId}/` })) {
    const draw = () => ({ ...document, id: newId(6) })
    const { id } = await insertNew(transaction, collection, scope, targetId, draw)
    ids.set(document.id, id)
  }
  return ids
}
