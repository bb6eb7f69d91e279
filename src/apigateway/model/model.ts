import { collection, type Reader } from '../../storage/store.ts'
import { badRequest, notFound } from '../refusal.ts'

export interface ModelRecord {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly description?: string
  /** Text: a JSON schema of draft 4, if the content type is JSON. */
  readonly schema: string
}

/** By `{restApiId}/{modelName}`. */
export const models = collection<ModelRecord>('rest-model')

const emptySchema = `{
  "$schema": "http://json-schema.org/draft-04/schema#",
  "title" : "Empty Schema",
  "type" : "object"
}`

const errorSchema = `{
  "$schema" : "http://json-schema.org/draft-04/schema#",
  "title" : "Error Schema",
  "type" : "object",
  "properties" : {
    "message" : { "type" : "string" }
  }
}`

/** The two models that every new API has. */
export function defaultModels(newId: (length: number) => string): ModelRecord[] {
  const contentType = 'application/json'
  const empty = 'This is a default empty schema model'
  const error = 'This is a default error schema model'
  return [
    { id: newId(6), name: 'Empty', contentType, description: empty, schema: emptySchema },
    { id: newId(6), name: 'Error', contentType, description: error, schema: errorSchema },
  ]
}

/** @throws {ServiceError} `NotFoundException` for a name that no model of the API has. */
export async function requireModel(
  reader: Reader,
  scope: string,
  restApiId: string,
  modelName: string,
): Promise<ModelRecord> {
  const model = await reader.get(models, scope, `${restApiId}/${modelName}`)
  if (!model) throw notFound(`Invalid model name specified: ${modelName}`)
  return model
}

/** The models of an API, by name. */
export async function modelsOf(reader: Reader, scope: string, restApiId: string): Promise<ModelRecord[]> {
  const entries = await reader.list(models, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** @throws {ServiceError} `BadRequestException` for the first name in a media-type map that is no model of the API. */
export async function requireModels(
  reader: Reader,
  scope: string,
  restApiId: string,
  byMediaType: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const name of Object.values(byMediaType)) {
    const model = await reader.get(models, scope, `${restApiId}/${name}`)
    if (!model) throw badRequest(`Invalid model identifier specified: ${name}`)
  }
}
