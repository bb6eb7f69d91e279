import { SchemaError } from '../../json-schema/schema.ts'
import type { ModelValidators } from '../../snapshot/model-validators.ts'
import type { RestRequestValidation } from '../../snapshot/rest-api.ts'
import type { Reader } from '../../storage/store.ts'
import type { MethodRecord } from '../method/method.ts'
import { modelsOf } from '../model/model.ts'
import { parseSchema, referredModels } from '../model/schema.ts'
import { type RequestValidatorRecord, requestValidatorsOf } from '../request-validator/request-validator.ts'

/** What an API's request validators and their methods refer to. */
export interface Validation {
  /** By id. */
  readonly validators: ReadonlyMap<string, RequestValidatorRecord>
  /** Schema texts by model name. */
  readonly schemas: Readonly<Record<string, string>>
  /** Why requests cannot be validated as some methods demand. */
  readonly problems: readonly string[]
}

const nothing: Validation = { validators: new Map(), schemas: {}, problems: [] }

/** Reads what methods need to be validated; nothing when none of them is. */
export async function readValidation(
  reader: Reader,
  scope: string,
  restApiId: string,
  methods: readonly MethodRecord[],
): Promise<Validation> {
  if (!methods.some(({ requestValidatorId }) => requestValidatorId)) return nothing
  const validators = await requestValidatorsOf(reader, scope, restApiId)
  const models = await modelsOf(reader, scope, restApiId)
  const validation = {
    validators: new Map(validators.map((validator) => [validator.id, validator])),
    schemas: Object.fromEntries(models.map(({ name, schema }) => [name, schema])),
    problems: [],
  }
  return { ...validation, problems: await problemsOf(restApiId, methods, validation) }
}

/** What a method has validated, as the data plane needs it. */
export function freezeValidation(
  { requestValidatorId = '', requestParameters = {}, requestModels = {} }: MethodRecord,
  { validators }: Validation,
): RestRequestValidation | undefined {
  const { validateRequestParameters = false, validateRequestBody = false } = validators.get(requestValidatorId) ?? {}
  const required = Object.keys(requestParameters).filter((name) => requestParameters[name])
  const parameters = validateRequestParameters && required.length > 0
  const body = validateRequestBody && Object.keys(requestModels).length > 0
  if (!parameters && !body) return undefined
  return { ...(parameters && { requiredParameters: required.sort() }), ...(body && { models: requestModels }) }
}

/** The schemas of the models that bodies are validated by, directly or by reference, by model name. */
export function freezeModels(
  restApiId: string,
  methods: readonly MethodRecord[],
  validation: Validation,
): Record<string, string> {
  const frozen: Record<string, string> = {}
  const pending = methods.flatMap((method) => Object.values(freezeValidation(method, validation)?.models ?? {}))
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const text = validation.schemas[name]
    if (text === undefined || Object.hasOwn(frozen, name)) continue
    frozen[name] = text
    pending.push(...referredModels(parseSchema(text) ?? {}, restApiId))
  }
  return frozen
}

async function problemsOf(
  restApiId: string,
  methods: readonly MethodRecord[],
  validation: Validation,
): Promise<string[]> {
  const named = methods.flatMap(({ requestValidatorId }) => (requestValidatorId ? [requestValidatorId] : []))
  const unknown = named.filter((id) => !validation.validators.has(id))
  const models = methods.flatMap((method) => Object.values(freezeValidation(method, validation)?.models ?? {}))
  const { modelValidators } = await import('../../snapshot/model-validators.ts')
  const validatorOf = modelValidators(restApiId, freezeModels(restApiId, methods, validation))
  return [
    ...[...new Set(unknown)].map((id) => `request validator ${id} does not exist`),
    ...[...new Set(models)].flatMap((name) => schemaProblem(name, validatorOf)),
  ]
}

function schemaProblem(modelName: string, validatorOf: ModelValidators): string[] {
  try {
    validatorOf(modelName)
    return []
  } catch (error) {
    if (error instanceof SchemaError) return [`model ${modelName} cannot be validated by: ${error.message}`]
    throw error
  }
}
