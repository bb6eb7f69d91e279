import { nameBelow } from '../../document/pointer.ts'
import type { Resolve } from '../../document/references.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../json.ts'
import type { IntegrationDefinition } from '../definition.ts'
import type { HttpFindings, OperationPlace } from './context.ts'
import { readIntegration } from './integration.ts'

const extension = 'x-amazon-apigateway-integration'
const shared = 'x-amazon-apigateway-integrations'

/** Reads the integrations of operations, each that several refer to once. */
export interface IntegrationReader {
  /** @returns The key of the operation's integration; nothing when it has none that can be had. */
  keyOf(operation: JsonObject, place: OperationPlace): string | undefined
  /** Those that operations have, and those that the document has for all. */
  all(): IntegrationDefinition[]
}

/** Begins with the document's `components.x-amazon-apigateway-integrations`. */
export function createIntegrationReader(root: JsonObject, resolve: Resolve, findings: HttpFindings): IntegrationReader {
  const read = new Map<string, IntegrationDefinition>()
  function add(key: string, place: string, source: JsonObject): string | undefined {
    const settings = readIntegration(source, place, findings)
    if (!settings) return undefined
    read.set(key, { key, place, settings })
    return key
  }
  for (const [name, source] of Object.entries(objectAt(objectAt(root, 'components'), shared))) {
    if (isObject(source)) add(sharedKey(name), `'${name}'`, source)
  }
  return {
    keyOf(operation, { routeKey, attribute }) {
      const name = nameOf(operation[extension])
      if (name !== undefined && read.has(sharedKey(name))) return sharedKey(name)
      const source = resolve(operation[extension], `${attribute}.${extension}`)
      // One that is not taken over has been told of where it is written.
      if (!source || isShared(root, name)) return undefined
      return add(routeKey, `'${routeKey}'`, source)
    },
    all: () => [...read.values()],
  }
}

function isShared(root: JsonObject, name: string | undefined): boolean {
  return name !== undefined && isObject(objectAt(objectAt(root, 'components'), shared)[name])
}

/** No route has such a key. */
function sharedKey(name: string): string {
  return `#${name}`
}

/** The name of the shared integration that a reference points at. */
function nameOf(value: Json | undefined): string | undefined {
  const reference = isObject(value) ? textAt(value, '$ref') : undefined
  return reference === undefined ? undefined : nameBelow(reference, `#/components/${shared}`)
}
