import type { Access, Expression, Statement } from './ast.ts'

/** Anything in a template. */
export type Part = Statement | Expression | Access

/** Parts of a template, and all that is in them, in no order. */
export function* partsOf(parts: readonly Part[]): Generator<Part> {
  const left = [...parts]
  for (let part = left.pop(); part; part = left.pop()) {
    yield part
    left.push(...within(part))
  }
}

function within(part: Part): readonly Part[] {
  switch (part.type) {
    case 'text':
    case 'stop':
    case 'literal':
    case 'property':
      return []
    case 'reference':
      return part.path
    case 'method':
      return part.arguments
    case 'index':
      return [part.index]
    case 'set':
      return [part.target, part.value]
    case 'if':
      return [...part.branches.flatMap(({ condition, block }) => [condition, ...block]), ...part.otherwise]
    case 'foreach':
      return [part.items, ...part.block]
    case 'macro':
    case 'define':
    case 'interpolated':
      return part.block
    case 'call':
      return [...part.arguments, ...(part.body ?? [])]
    case 'evaluate':
      return [part.source]
    case 'break':
      return part.scope ? [part.scope] : []
    case 'list':
      return part.items
    case 'map':
      return part.entries.flat()
    case 'range':
      return [part.from, part.to]
    case 'binary':
      return [part.left, part.right]
    case 'not':
      return [part.operand]
    case 'group':
      return [part.expression]
  }
}
