import type { Reader } from '../../storage/store.ts'
import { findMethod } from '../method/find-method.ts'
import type { MethodRecord } from '../method/method.ts'
import { conflict } from '../refusal.ts'
import { modelsOf } from './model.ts'
import { parseSchema, referredModels } from './schema.ts'

/** @throws {ServiceError} `ConflictException` that names the first method or model which still refers to the model. */
export async function checkUnused(reader: Reader, scope: string, restApiId: string, modelName: string): Promise<void> {
  const find = (condition: (method: MethodRecord) => boolean) => findMethod(reader, scope, restApiId, condition)
  const refuse = (place: string) => conflict(`Cannot delete model '${modelName}', is referenced in ${place}`)
  const names = (byMediaType: Readonly<Record<string, string>> = {}) => Object.values(byMediaType).includes(modelName)

  const request = await find((method) => names(method.requestModels))
  if (request) throw refuse(`method request: ${request.path}/${request.httpMethod}`)
  const response = await find(({ methodResponses = {} }) =>
    Object.values(methodResponses).some(({ responseModels }) => names(responseModels)),
  )
  if (response) throw refuse(`method response: ${response.path}/${response.httpMethod}`)
  for (const { name, schema } of await modelsOf(reader, scope, restApiId)) {
    const refers = name !== modelName && referredModels(parseSchema(schema) ?? {}, restApiId).has(modelName)
    if (refers) throw refuse(`model: ${name}`)
  }
}
