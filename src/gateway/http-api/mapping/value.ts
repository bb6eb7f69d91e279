import { parseJson } from '../../../json/parse.ts'
import type { JsonValue } from '../../../json/value.ts'
import type { Invocation } from '../../invocation.ts'
import { jsonText, type ReadJson, readerOf } from '../../mapping/json-paths.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { compileSource } from './source.ts'

/** What the values of one call are read from. */
export interface MappedCall {
  readonly invocation: Invocation
  /** The whole body as text; empty where no value needs it. */
  readonly body: string
}

/** The right side of a parameter mapping, compiled. */
export interface MappedValue {
  /** Whether the body has to be there. */
  readonly readsBody: boolean
  /** @returns Undefined for a call that has no such value. */
  read(call: MappedCall): string | undefined
}

/** Documented: where a path is selected, the body ends here; bytes. */
const maxSelectedBytes = 100 * 1024

/**
 * Compiles a value: one selection expression such as `$request.body.id`, text with `${request.header.id}` in it, or plain text.
 *
 * @returns Undefined for an expression that is none.
 */
export function compileValue(text: string, deployed: DeployedRoute): MappedValue | undefined {
  if (text.startsWith('$') && !text.startsWith('${')) return compileExpression(text.slice(1), deployed)
  if (!text.includes('${')) return { readsBody: false, read: () => text }
  // Odd parts are the expressions.
  const parts = text.split(/\$\{([^{}]*)\}/)
  const values = parts.map((part, i) => (i % 2 === 0 ? literal(part) : compileExpression(part, deployed)))
  const known = values.filter((value) => value !== undefined)
  if (known.length < values.length) return undefined
  return { readsBody: known.some(({ readsBody }) => readsBody), read: (call) => joined(known, call) }
}

function literal(text: string): MappedValue {
  return { readsBody: false, read: () => text }
}

function joined(values: readonly MappedValue[], call: MappedCall): string | undefined {
  let text = ''
  for (const value of values) {
    const part = value.read(call)
    if (part === undefined) return undefined
    text += part
  }
  return text
}

function compileExpression(expression: string, deployed: DeployedRoute): MappedValue | undefined {
  if (expression === 'request.body') return { readsBody: true, read: ({ body }) => body }
  const path = /^request\.body\.(.+)$/s.exec(expression)?.[1]
  if (path !== undefined) return compileBodyPath(path)
  const source = compileSource(expression, deployed)
  return source && { readsBody: false, read: ({ invocation }) => source(invocation) }
}

/** Documented: neither recursive descent nor filters. */
function compileBodyPath(path: string): MappedValue | undefined {
  if (path.startsWith('.') || path.includes('..') || path.includes('?(')) return undefined
  const reader = readerOf(`$.${path}`)
  return reader && { readsBody: true, read: ({ body }) => selected(body, reader) }
}

function selected(body: string, reader: ReadJson): string | undefined {
  const document = parsed(body)
  return document === undefined ? undefined : jsonText(reader(document))
}

function parsed(body: string): JsonValue | undefined {
  if (Buffer.byteLength(body) > maxSelectedBytes) return undefined
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}
