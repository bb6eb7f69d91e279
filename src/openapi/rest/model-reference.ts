import { formatModelUrl, parseModelUrl } from '../../apigateway/model/model-url.ts'
import type { JsonObject } from '../json.ts'
import { mapReferences } from './schema-parts.ts'

/** Stands for the id of whatever API a definition becomes. */
const anyApi = '{restApiId}'

/** A definition's reference to one of its models. */
export function modelReference(modelName: string): string {
  return formatModelUrl({ restApiId: anyApi, modelName })
}

/** The model of the same definition that a reference names. */
export function referredModel(reference: string): string | undefined {
  const url = parseModelUrl(reference)
  return url?.restApiId === anyApi ? url.modelName : undefined
}

/** The schema as one API keeps it. */
export function bound(schema: JsonObject, restApiId: string): JsonObject {
  return mapReferences(schema, (reference) => {
    const modelName = referredModel(reference)
    return modelName === undefined ? reference : formatModelUrl({ restApiId, modelName })
  })
}

/** The schema as a definition has it. */
export function unbound(schema: JsonObject, restApiId: string): JsonObject {
  return mapReferences(schema, (reference) => {
    const url = parseModelUrl(reference)
    return url?.restApiId === restApiId ? modelReference(url.modelName) : reference
  })
}
