import { type Evaluate, literalOf, type Render } from '../runtime/macro-frame.ts'
import { DefinedBlock } from '../runtime/objects.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { renderBlock, textOf } from '../runtime/text.ts'
import type { Access, PropertyAccess, Reference, Text } from '../syntax/ast.ts'
import type { Value } from '../value.ts'
import { compileAccess, type Follow } from './access.ts'
import type { Compiler } from './compiler.ts'
import { variableOf } from './variable.ts'

/** The value of a reference; null where its path ends early. */
export function compileReference({ name, path, verbatim }: Reference, compiler: Compiler): Evaluate {
  if (verbatim !== undefined) return () => null
  const { slot, read } = variableOf(compiler.names, name)
  if (slot === undefined) return compilePath(read, path, compiler)
  const firstOther = path.findIndex(({ type }) => type !== 'property')
  const leading = path
    .slice(0, firstOther < 0 ? path.length : firstOther)
    .filter((access) => access.type === 'property')
  return compilePath(compileProperties(slot, leading, compiler), path.slice(leading.length), compiler)
}

interface Property {
  readonly name: string
  /** Follows it from what is no map. */
  readonly follow: Follow
}

/** The most frequent beginning of a path, `$name.property.property`, in one step. */
function compileProperties(slot: number, accesses: readonly PropertyAccess[], compiler: Compiler): Evaluate {
  const [first, second, ...more] = accesses.map((access) => ({
    name: access.name,
    follow: compileAccess(access, compiler),
  }))
  if (!first) return (rendering) => rendering.slots[slot] ?? null
  if (!second) return (rendering) => propertyOf(rendering.slots[slot] ?? null, first, rendering)
  return more.reduce<Evaluate>(
    (before, property) => (rendering) => propertyOf(before(rendering), property, rendering),
    (rendering) => propertyOf(propertyOf(rendering.slots[slot] ?? null, first, rendering), second, rendering),
  )
}

function propertyOf(owner: Value, { name, follow }: Property, rendering: Rendering): Value {
  if (owner instanceof Map) return owner.get(name) ?? null
  return owner === null ? null : follow(rendering, owner)
}

/** Follows a path as far as it goes. */
export function compilePath(read: Evaluate, path: readonly Access[], compiler: Compiler): Evaluate {
  return path.reduce<Evaluate>((before, access) => {
    const follow = compileAccess(access, compiler)
    return (rendering) => {
      const receiver = before(rendering)
      return receiver === null ? null : follow(rendering, receiver)
    }
  }, read)
}

/** Prints a reference: its text, or its source when it has no value. */
export function compileReferencePrint(reference: Reference, compiler: Compiler): Render {
  const { verbatim, escapes } = reference
  if (verbatim !== undefined) return (rendering) => print(rendering, verbatim)
  const evaluate = compileReference(reference, compiler)
  const fallback = compileFallback(reference, compiler)
  if (reference.escaped) {
    return (rendering) => print(rendering, escapes + (evaluate(rendering) === null ? '\\' : '') + fallback(rendering))
  }
  const printValue = compileValuePrint(reference, compiler)
  return (rendering) => printValue(rendering, evaluate(rendering))
}

/** Prints the value of a reference that is not escaped. */
export function compileValuePrint(
  reference: Reference,
  compiler: Compiler,
): (rendering: Rendering, value: Value) => void {
  const fallback = compileFallback(reference, compiler)
  const { escapes } = reference
  const before = escapes + reference.prefix
  return (rendering, value) => {
    if (value instanceof DefinedBlock && renderBlock(value, rendering)) return
    rendering.at = reference
    if (value === null || value instanceof DefinedBlock) print(rendering, escapes + before + fallback(rendering))
    else print(rendering, before === '' ? textOf(value, rendering) : before + textOf(value, rendering))
  }
}

/** Prints texts and references that follow one another, in one step. */
export function compileRun(run: readonly (Text | Reference)[], compiler: Compiler): Render {
  const parts = run.map((part) =>
    part.type === 'text'
      ? part.text
      : { print: compileValuePrint(part, compiler), evaluate: compileReference(part, compiler) },
  )
  return (rendering) => {
    for (const part of parts) {
      if (typeof part === 'string') rendering.out += part
      else {
        const value = part.evaluate(rendering)
        if (typeof value === 'string') rendering.out += value
        else part.print(rendering, value)
      }
    }
    if (rendering.out.length > rendering.maxLength) rendering.checked(rendering.out)
  }
}

/** Whether a reference prints its value as it is: nothing stands before it that belongs to it. */
export function isPlain({ escaped, verbatim, escapes, prefix }: Reference): boolean {
  return !escaped && verbatim === undefined && escapes + prefix === ''
}

/** The text of a reference within a string, where blocks cannot print by themselves. */
export function compileReferenceText(reference: Reference, compiler: Compiler): (rendering: Rendering) => string {
  const evaluate = compileReference(reference, compiler)
  const fallback = compileFallback(reference, compiler)
  return (rendering) => {
    const value: Value = evaluate(rendering)
    return value === null ? fallback(rendering) : textOf(value, rendering)
  }
}

/** A macro's parameter without a value prints what it was called with. */
function compileFallback({ name, fallback, escaped }: Reference, compiler: Compiler): (rendering: Rendering) => string {
  if (compiler.names.silent.has(name) && !escaped) return () => ''
  if (!compiler.names.parameters.has(name) || fallback !== `$${name}`) return () => fallback
  return (rendering) => literalOf(rendering, name) ?? fallback
}

export function print(rendering: Rendering, text: string): void {
  const out = rendering.out + text
  rendering.out = out
  if (out.length > rendering.maxLength) rendering.checked(out)
}
