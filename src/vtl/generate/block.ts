import { compileStatement, isVariableSet, nothing, stepsOf } from '../compile/block.ts'
import type { Compiler } from '../compile/compiler.ts'
import { compileValuePrint, isPlain } from '../compile/reference.ts'
import { variableOf } from '../compile/variable.ts'
import type { Block, IfStatement, Reference, SetStatement, Statement, Text } from '../syntax/ast.ts'
import { testCode, valueCode } from './expression.ts'
import { foreachCode } from './foreach.ts'
import { joinTexts } from './join-texts.ts'
import type { FunctionCode } from './template-code.ts'

/**
 * Statements that render a block. Its steps and what it has printed are looked at once: a block prints only so many parts, none
 * of which is longer than a text may be.
 */
export function blockCode(block: Block, code: FunctionCode, compiler: Compiler): string {
  if (block.length === 0) return ''
  const checkSteps = `if ((r.steps -= ${stepsIn(block)}) < 0) r.spend(0);`
  return `${checkSteps}\n${statementsCode(block, code, compiler)}\nif (o.length > r.maxLength) r.checked(o);`
}

/** Of conditions, the block that takes the most counts. */
function stepsIn(block: Block): number {
  return block.reduce((sum, statement) => {
    if (statement.type !== 'if') return sum + stepsOf(statement)
    const blocks = statement.branches.map((branch) => stepsIn(branch.block))
    return sum + stepsOf(statement) + Math.max(...blocks, stepsIn(statement.otherwise))
  }, 0)
}

function statementsCode(given: Block, code: FunctionCode, compiler: Compiler): string {
  const block = code.effects.stops ? given : joinTexts(given)
  const statements = block.map((statement, index) => {
    if (statement.type === 'text') {
      return isJoined(block[index + 1], compiler) ? '' : `o += ${code.constant(statement.text)};`
    }
    if (!isPlainReference(statement)) return statementCode(statement, code, compiler)
    const before = block[index - 1]
    const text = before?.type === 'text' && isJoined(statement, compiler) ? before.text : ''
    return referenceCode(statement, text, code, compiler)
  })
  return statements.join('\n')
}

function isPlainReference(statement: Statement | undefined): statement is Reference {
  return statement?.type === 'reference' && isPlain(statement)
}

/** Whether a statement is printed together with the text before it: nothing can end the block while its value is read. */
function isJoined(statement: Statement | undefined, { names }: Compiler): boolean {
  if (!isPlainReference(statement) || names.parameters.has(statement.name)) return false
  return statement.path.every(({ type }) => type === 'property')
}

function statementCode(statement: Exclude<Statement, Text>, code: FunctionCode, compiler: Compiler): string {
  if (statement.type === 'if') return ifCode(statement, code, compiler)
  if (statement.type === 'foreach') {
    return foreachCode(statement, code, compiler, () => blockCode(statement.block, code, compiler))
  }
  if (statement.type === 'set' && isVariableSet(statement)) return setCode(statement, code, compiler)
  const render = compileStatement(statement, compiler)
  code.paths.forget([statement])
  return render === nothing ? '' : code.print(render)
}

/** @param text Stands before it. */
function referenceCode(reference: Reference, text: string, code: FunctionCode, compiler: Compiler): string {
  const print = code.print(compileValuePrint(reference, compiler), 'v')
  const value = valueCode(reference, code, compiler)
  const before = code.constant(text)
  const [join, add] = text === '' ? ['o', ''] : [`o + ${before}`, `o += ${before};`]
  return `v = ${value};
if (typeof v === 'string') o = ${join} + v; else { ${add} if (typeof v === 'number') o += \`\${v}\`; else { ${print} } }`
}

/** Nothing is set to null. */
function setCode(statement: SetStatement, code: FunctionCode, compiler: Compiler): string {
  const { target, value } = statement
  const { slot, write } = variableOf(compiler.names, target.name)
  const assign = slot === undefined ? `${code.constant(write)}(r, v)` : `s[${slot}] = v`
  const assigned = valueCode(value, code, compiler)
  code.paths.forget([statement])
  return `v = ${assigned}; if (v !== null) ${assign};`
}

/** Conditions one after the other, not within one another: there may be thousands. */
function ifCode(statement: IfStatement, code: FunctionCode, compiler: Compiler): string {
  const label = code.unused()
  const [first, ...more] = statement.branches.map(({ condition, block }) => () => {
    const test = testCode(condition, code, compiler)
    const branch = code.paths.within(block, () => statementsCode(block, code, compiler))
    return `if (${test}) {\n${branch}\nbreak ${label}; }`
  })
  const begin = first?.()
  const rest = code.paths.within([statement], () => {
    return [...more.map((branch) => branch()), statementsCode(statement.otherwise, code, compiler)]
  })
  return `${label}: {\n${[begin, ...rest].join('\n')}\n}`
}
