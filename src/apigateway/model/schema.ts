import { isSchema, type Schema } from '../../json-schema/schema.ts'
import { type Keyword, keywords, type Visit } from './keywords.ts'
import { parseModelUrl } from './model-url.ts'

/** Reads the text of a schema; `undefined` unless it is a JSON object. */
export function parseSchema(text: string): Schema | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isSchema(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The reference that a schema consists of; draft 4 gives the keywords beside it no meaning. */
export function referenceOf(schema: Schema): string | undefined {
  const reference = schema['$ref']
  return typeof reference === 'string' ? reference : undefined
}

/** Rewrites the schemas directly within a schema. */
export function mapSubschemas(schema: Schema, visit: Visit): Schema {
  if (referenceOf(schema) !== undefined) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, keywords.get(name)?.map?.(value, visit) ?? value]),
  )
}

/** The names of the API's models that a schema refers to, anywhere within it. */
export function referredModels(schema: Schema, restApiId: string): Set<string> {
  const names = new Set<string>()
  for (const reference of inspect(schema).references) {
    const url = parseModelUrl(reference)
    if (url?.restApiId === restApiId) names.add(url.modelName)
  }
  return names
}

/** What a look at a schema and everything within it has brought up. */
export interface Findings {
  /** A keyword has a value of the wrong form. */
  readonly malformed: boolean
  /** Keywords that draft 4 does not have, in the order of their first use. */
  readonly unsupported: readonly string[]
  readonly references: readonly string[]
}

/** Looks at a schema and everything within it. */
export function inspect(root: unknown): Findings {
  const unsupported = new Set<string>()
  const references = new Set<string>()
  let malformed = false
  const visitKeyword = (value: unknown, keyword: Keyword) => {
    if (keyword.accepts(value)) keyword.map?.(value, visit)
    else malformed = true
  }
  const visit = (schema: unknown) => {
    if (!isSchema(schema)) malformed = true
    else if (referenceOf(schema) !== undefined) references.add(referenceOf(schema) ?? '')
    else {
      for (const [name, value] of Object.entries(schema)) {
        const keyword = keywords.get(name)
        if (keyword) visitKeyword(value, keyword)
        else unsupported.add(name)
      }
    }
    return schema
  }
  visit(root)
  return { malformed, unsupported: [...unsupported], references: [...references] }
}
