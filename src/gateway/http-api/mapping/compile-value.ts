import { parseValue, type Reference } from '../../../parameter-mapping/value.ts'
import type { Invocation } from '../../invocation.ts'
import { contextVariable } from '../context.ts'
import type { DeployedRoute } from '../deployed-route.ts'

/** Reads a value; empty for nothing. @param from What besides the call it is read from. */
export type Read<From> = (invocation: Invocation, from: From) => string

/** A value of a parameter mapping: static text, references, or both. */
export interface Value<From> {
  /** Whether it is read from the body, which must then be there: `unreadBody` does otherwise. */
  readonly readsBody: boolean
  readonly read: Read<From>
}

/**
 * Compiles a value such as `$request.header.name` or `v1-${context.stage}`.
 *
 * @param readerOf Compiles one of its references.
 * @returns Undefined when a reference in it is none.
 */
export function compileValue<From>(
  text: string,
  readerOf: (reference: Reference) => Read<From> | undefined,
): Value<From> | undefined {
  const parts = parseValue(text)
  if (!parts) return undefined
  const readers: Read<From>[] = []
  for (const part of parts) {
    const reader = typeof part === 'string' ? () => part : readerOf(part)
    if (!reader) return undefined
    readers.push(reader)
  }
  const readsBody = parts.some((part) => typeof part !== 'string' && part.source.endsWith('.body'))
  const [only] = readers
  if (readers.length === 1 && only) return { readsBody, read: only }
  return { readsBody, read: (invocation, from) => readers.map((read) => read(invocation, from)).join('') }
}

/** Compiles what requests and responses read alike: variables of the context and of the stage. */
export function variableReader({ source, name }: Reference, route: DeployedRoute): Read<unknown> | undefined {
  if (source === 'context') {
    const variable = contextVariable(name, route)
    return (invocation) => variable(invocation) ?? ''
  }
  if (source !== 'stageVariables') return undefined
  const { variables } = route.stage
  const value = (Object.hasOwn(variables, name) && variables[name]) || ''
  return () => value
}
