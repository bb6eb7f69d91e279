import { SchemaError } from '../json-schema/schema.ts'
import { compileValidator, type Validator } from '../json-schema/validator.ts'

/**
 * Gives the validator of a model.
 * @throws {SchemaError} for a name that no model has, and for a schema that cannot be compiled.
 */
export type ModelValidators = (modelName: string) => Validator

/**
 * Compiles the models of an API when they are first asked for. They refer to each other as
 * `https://apigateway.amazonaws.com/restapis/{restApiId}/models/{name}`.
 * @param schemas Texts by model name.
 */
export function modelValidators(restApiId: string, schemas: Readonly<Record<string, string>>): ModelValidators {
  const base = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/`
  const parsed = new Map<string, unknown>()
  const validators = new Map<string, Validator>()

  function schemaOf(name: string): unknown {
    if (!parsed.has(name)) parsed.set(name, Object.hasOwn(schemas, name) ? parse(schemas[name] ?? '') : undefined)
    return parsed.get(name)
  }

  return (name) => {
    const known = validators.get(name)
    if (known) return known
    const find = (reference: string) =>
      reference.startsWith(base) ? schemaOf(reference.slice(base.length)) : undefined
    const validator = compileValidator(schemaOf(name), find)
    validators.set(name, validator)
    return validator
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SchemaError('The schema is no JSON', { cause })
  }
}
