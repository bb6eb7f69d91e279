import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** The shape of a body: what an answer shows is what is stored. */
export interface ModelRecord {
  readonly ModelId: string
  readonly Name: string
  readonly ContentType: string
  readonly Description?: string
  /** Of JSON models, a JSON Schema. */
  readonly Schema: string
}

/** By `{apiId}/{modelId}`. */
export const models = collection<ModelRecord>('v2-model')

/** @throws {ServiceError} `NotFoundException` for an id that no model of the API has. */
export async function requireModel(
  reader: Reader,
  scope: string,
  apiId: string,
  modelId: string,
): Promise<ModelRecord> {
  const model = await reader.get(models, scope, `${apiId}/${modelId}`)
  if (!model) throw notFound(`Invalid Model identifier specified ${modelId}`)
  return model
}
