import { resolvePointer } from '../../json-schema/pointer.ts'
import type { Schema } from '../../json-schema/schema.ts'
import type { Reader } from '../../storage/store.ts'
import { badRequest } from '../refusal.ts'
import { type ModelRecord, models } from './model.ts'
import { parseModelUrl } from './model-url.ts'
import { inspect, parseSchema } from './schema.ts'

const nameForm = /^[a-zA-Z0-9]+$/
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;.*)?$/i
const invalidSchema = 'Invalid model schema specified'

/**
 * Checks a model against the API that it belongs to.
 * @throws {ServiceError} `BadRequestException` in the observed words.
 */
export async function checkModel(reader: Reader, scope: string, restApiId: string, model: ModelRecord): Promise<void> {
  const { name, contentType, schema } = model
  if (name === '') throw badRequest('Model name must be non-empty')
  if (!nameForm.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`)
  if (contentType === '') throw badRequest('Model content type must be non-empty')
  if (schema.trim() === '') throw badRequest('Model schema must have at least 1 property or array items defined')
  // Documented: a schema of JSON Schema is asked of JSON models only.
  if (!isJsonModel(model)) return
  const exists = async (other: string) =>
    other === name || (await reader.get(models, scope, `${restApiId}/${other}`)) !== undefined
  const errors = await schemaErrors(schema, restApiId, exists)
  if (errors.length > 0) {
    throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`)
  }
}

/** Whether a model describes JSON, by a JSON Schema. */
export function isJsonModel({ contentType }: Pick<ModelRecord, 'contentType'>): boolean {
  return jsonType.test(contentType)
}

async function schemaErrors(
  text: string,
  restApiId: string,
  exists: (modelName: string) => Promise<boolean>,
): Promise<string[]> {
  const schema = parseSchema(text)
  if (!schema) return [invalidSchema]
  const { malformed, unsupported, references } = inspect(schema)
  const errors: string[] = []
  if (malformed) errors.push(invalidSchema)
  if (unsupported.length > 0) errors.push(`${invalidSchema}. Unsupported keyword(s): ${JSON.stringify(unsupported)}`)
  for (const reference of references) {
    const error = await referenceError(schema, reference, restApiId, exists)
    if (error !== undefined && !errors.includes(error)) errors.push(error)
  }
  return errors
}

async function referenceError(
  schema: Schema,
  reference: string,
  restApiId: string,
  exists: (modelName: string) => Promise<boolean>,
): Promise<string | undefined> {
  if (reference.startsWith('#')) return resolvePointer(schema, reference) === undefined ? invalidSchema : undefined
  const url = parseModelUrl(reference)
  if (url?.restApiId !== restApiId) return 'Model reference must be in canonical form'
  return (await exists(url.modelName)) ? undefined : `Invalid model specified: ${url.modelName}`
}
