import { isJsonModel } from '../../apigateway/model/rules.ts'
import { parseSchema } from '../../apigateway/model/schema.ts'
import { badRequest, conflict } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import { documentsOf } from '../paging.ts'
import { type ModelRecord, models } from './model.ts'

/** Documented: alphanumeric. */
const nameForm = /^[a-zA-Z0-9]{1,128}$/
const maxSchemaLength = 32_768

/**
 * Checks a model against its API, of which it may already be a part.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold, `ConflictException` for a name that
 *   another model has.
 */
export async function checkModel(reader: Reader, scope: string, apiId: string, model: ModelRecord): Promise<void> {
  const { ModelId, Name = '', ContentType = '', Schema = '' } = model
  if (!nameForm.test(Name)) throw badRequest(`Model name must be alphanumeric: ${Name}`)
  if (ContentType === '') throw badRequest('Model content type must be non-empty')
  if (Schema.trim() === '' || Schema.length > maxSchemaLength) throw badRequest('Invalid model schema specified')
  if (isJsonModel({ contentType: ContentType }) && !parseSchema(Schema)) {
    throw badRequest('Invalid model schema specified')
  }
  const others = await documentsOf(reader, models, scope, `${apiId}/`)
  if (others.some((other) => other.Name === Name && other.ModelId !== ModelId)) {
    throw conflict(`Model with name ${Name} already exists for this API`)
  }
}
