import { isObject } from '../openapi/json.ts'
import type { ClientModel } from './client-api.ts'
import { declaredTypes } from './declared-types.ts'
import { comment } from './source-text.ts'
import { typeOf } from './type-of.ts'

/** TypeScript declarations of an API's models, and of the schemas that are named within them. */
export function modelDeclarations(models: readonly ClientModel[]): string {
  const { types, nameOf } = declaredTypes(models)
  const declarations = types.map(({ name, description, modelName, schema, endless }) => {
    const type = endless ? 'unknown' : typeOf(schema, (reference) => nameOf(reference, modelName))
    const title = description ?? (isObject(schema) ? schema['title'] : undefined)
    return `${typeof title === 'string' ? `${comment(title)}\n` : ''}export type ${name} = ${type}\n`
  })
  return declarations.length > 0 ? declarations.join('\n') : 'export {}\n'
}
