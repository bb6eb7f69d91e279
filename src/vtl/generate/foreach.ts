import type { Compiler } from '../compile/compiler.ts'
import { loopVariables } from '../compile/foreach.ts'
import { variableOf } from '../compile/variable.ts'
import { endsNearest, itemsOf, Loop, refuseChange } from '../runtime/loop.ts'
import type { Rendering } from '../runtime/rendering.ts'
import type { ForeachStatement } from '../syntax/ast.ts'
import { valueCode } from './expression.ts'
import type { FunctionCode } from './template-code.ts'

/**
 * A loop whose rounds are run where they stand. Its item is a variable that the code sets; for the others, where it has any,
 * there is a `Loop`.
 *
 * @param roundCode Makes the code of the block.
 */
export function foreachCode(
  statement: ForeachStatement,
  code: FunctionCode,
  compiler: Compiler,
  roundCode: () => string,
): string {
  const { slot } = variableOf(compiler.names, statement.variable)
  const value = valueCode(statement.items, code, compiler)
  const open = code.constant(openLoop(statement, compiler))
  const [loop, items, index] = [code.unused(), code.unused(), code.unused()]
  const [length, previous] = [code.unused(), code.unused()]
  code.paths.forget([statement])
  const [item, round] = code.paths.within([], () => {
    const variable = code.repeatedPaths.has(statement.variable) ? `${code.paths.learn(statement.variable)} = ` : ''
    return [variable, code.inLoop({ index, length }, roundCode)] as const
  })
  const [keep, set, restore] =
    slot === undefined
      ? ['', '', '']
      : [`${previous} = s[${slot}];`, `s[${slot}] = ${item}${items}[${index}] ?? null;`, `s[${slot}] = ${previous};`]
  const end = `${restore} if (${loop}) ${loop}.end();`
  const run = `for (${index} = 0; ${index} < r.limits.maxRounds && ${index} !== ${items}.length; ${index} += 1) {
if (${items}.length !== ${length}) ${code.constant(refuseChange)}(r, ${code.constant(statement)});
${set} if (${loop}) ${loop}.advance(${items}[${index}] ?? null, ${index}, ${index} + 1 < ${length});
${round}
}`
  return `${items} = ${code.constant(itemsOf)}(${value}, r); if (${items}) {
${loop} = ${open}(r); ${keep} ${length} = ${items}.length;
${code.effects.stops ? stoppable(run, loop, end, code) : run}
${end} }`
}

/** Errors end the rendering: nobody reads the variables then. */
function stoppable(run: string, loop: string, end: string, code: FunctionCode): string {
  return `try { ${run} }
catch (thrown) { if (!${code.constant(isEndedBy)}(${loop}, thrown)) { ${end} throw thrown; } o = r.out; }`
}

/** Begins a loop; undefined where it sets nothing but an item that the code sets. */
function openLoop(statement: ForeachStatement, compiler: Compiler): (rendering: Rendering) => Loop | undefined {
  const variable = variableOf(compiler.names, statement.variable)
  const variables = loopVariables(compiler, variable.slot === undefined ? variable : undefined)
  return (rendering) => {
    const { item, scope, count, hasNext } = variables()
    return item || scope || count || hasNext ? new Loop(rendering, variables()) : undefined
  }
}

function isEndedBy(loop: Loop | undefined, thrown: unknown): boolean {
  return loop ? loop.isEndedBy(thrown) : endsNearest(thrown)
}
