import { type Evaluate, literalOf, type Render } from '../runtime/macro-frame.ts'
import { DefinedBlock } from '../runtime/objects.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { renderBlock, textOf } from '../runtime/text.ts'
import type { Access, PropertyAccess, Reference } from '../syntax/ast.ts'
import type { Value } from '../value.ts'
import { compileAccess } from './access.ts'
import type { Compiler } from './compiler.ts'
import { variableOf } from './variable.ts'

/** The value of a reference; null where its path ends early. */
export function compileReference({ name, path, verbatim }: Reference, compiler: Compiler): Evaluate {
  if (verbatim !== undefined) return () => null
  const { slot, read } = variableOf(compiler.names, name)
  const [first, ...rest] = path
  if (first?.type === 'property' && slot !== undefined) {
    return compilePath(compilePropertyOf(slot, first, compiler), rest, compiler)
  }
  return compilePath(read, path, compiler)
}

/** The most frequent path, `$name.property`, in one step. */
function compilePropertyOf(slot: number, access: PropertyAccess, compiler: Compiler): Evaluate {
  const { name } = access
  const follow = compileAccess(access, compiler)
  return (rendering) => {
    const receiver = rendering.slots[slot] ?? null
    if (receiver instanceof Map) return receiver.get(name) ?? null
    return receiver === null ? null : follow(rendering, receiver)
  }
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
  const { verbatim, escapes, prefix } = reference
  if (verbatim !== undefined) return (rendering) => print(rendering, verbatim)
  const evaluate = compileReference(reference, compiler)
  const fallback = compileFallback(reference, compiler)
  if (reference.escaped) {
    return (rendering) => print(rendering, escapes + (evaluate(rendering) === null ? '\\' : '') + fallback(rendering))
  }
  const before = escapes + prefix
  return (rendering) => {
    const value = evaluate(rendering)
    if (typeof value === 'string' && before === '') return print(rendering, value)
    if (value instanceof DefinedBlock && renderBlock(value, rendering)) return
    rendering.at = reference
    if (value === null || value instanceof DefinedBlock) print(rendering, escapes + before + fallback(rendering))
    else print(rendering, before === '' ? textOf(value, rendering) : before + textOf(value, rendering))
  }
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
