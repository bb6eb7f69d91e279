import type { Evaluate } from '../runtime/macro-frame.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { captured } from '../runtime/text.ts'
import type { Interpolated, Reference, Text } from '../syntax/ast.ts'
import type { Compiler } from './compiler.ts'
import { compileReferenceText, isPlain } from './reference.ts'

/** A string with references, or with a whole template in it. */
export function compileInterpolated({ block, dropLast }: Interpolated, compiler: Compiler): Evaluate {
  if (!dropLast && block.every(isPart)) return compileParts(block, compiler)
  const render = compiler.block(block)
  return (rendering) => {
    const text = captured(rendering, () => {
      render(rendering)
      return true
    })
    return rendering.made(dropLast ? (text ?? '').slice(0, -1) : (text ?? ''))
  }
}

function isPart(statement: Interpolated['block'][number]): statement is Text | Reference {
  return statement.type === 'text' || (statement.type === 'reference' && isPlain(statement))
}

function compileParts(block: readonly (Text | Reference)[], compiler: Compiler): Evaluate {
  const parts = block.map(compilePart)
  return (rendering) => {
    let text = ''
    for (const part of parts) text += typeof part === 'string' ? part : part(rendering)
    return rendering.made(text)
  }

  function compilePart(part: Text | Reference): string | ((rendering: Rendering) => string) {
    return part.type === 'text' ? part.text : compileReferenceText(part, compiler)
  }
}
