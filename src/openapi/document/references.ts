import type { Findings } from '../findings.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { lookUp } from './pointer.ts'

/**
 * Follows a value's `$ref` to the object that it stands for; a value without one stands for itself.
 *
 * @param place Where the value is, for the findings.
 * @returns `undefined`, with a finding unless the value is absent, when there is no such object.
 */
export type Resolve = (value: Json | undefined, place: string) => JsonObject | undefined

/** A chain of references that is longer goes round in a circle. */
const maxHops = 30

/** Makes the resolver of a document's references. References that leave the document are errors. */
export function createResolver(root: JsonObject, findings: Findings): Resolve {
  return (value, place) => {
    let target = value
    for (let hops = 0; isObject(target) && typeof target['$ref'] === 'string'; hops++) {
      const reference = target['$ref']
      if (!reference.startsWith('#') || hops > maxHops) {
        findings.errors.push(`Unable to resolve reference '${reference}' at ${place}: ${reasonFor(reference)}`)
        return undefined
      }
      target = lookUp(root, reference)
      if (target === undefined) {
        // Observed words.
        findings.warnings.push(`Parse issue: attribute ${place}.${reference} is missing`)
        return undefined
      }
    }
    if (isObject(target)) return target
    if (target !== undefined) findings.warnings.push(`Parse issue: attribute ${place} is not of type \`object\``)
    return undefined
  }
}

function reasonFor(reference: string): string {
  return reference.startsWith('#') ? 'it refers to itself' : 'only references within the document are supported'
}
