import { compileStatement, isVariableSet, nothing, stepsOf } from '../compile/block.ts'
import type { Compiler } from '../compile/compiler.ts'
import { compileLoop } from '../compile/foreach.ts'
import { compileValuePrint, isPlain } from '../compile/reference.ts'
import { variableOf } from '../compile/variable.ts'
import type { Block, ForeachStatement, IfStatement, Reference, SetStatement, Statement, Text } from '../syntax/ast.ts'
import { testCode, valueCode } from './expression.ts'
import type { FunctionCode } from './template-code.ts'

/** Statements that print a block. Its length is looked at once: no part of it is longer than a text may be. */
export function blockCode(block: Block, code: FunctionCode, compiler: Compiler): string {
  if (block.length === 0) return ''
  const steps = block.reduce((sum, statement) => sum + stepsOf(statement), 0)
  const statements = block.map((statement, index) => {
    const next = block[index + 1]
    if (statement.type === 'text') return isJoined(next, compiler) ? '' : `o += ${code.constant(statement.text)};`
    const before = block[index - 1]
    if (!isPlainReference(statement)) return statementCode(statement, code, compiler)
    const text = before?.type === 'text' && isJoined(statement, compiler) ? before.text : ''
    return referenceCode(statement, text, code, compiler)
  })
  const checkLength = block.some(isPrint) ? 'if (o.length > r.maxLength) r.checked(o);' : ''
  return `if ((r.steps -= ${steps}) < 0) r.spend(0);\n${statements.join('\n')}\n${checkLength}`
}

function isPrint(statement: Statement): boolean {
  return statement.type === 'text' || isPlainReference(statement)
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
  if (statement.type === 'foreach') return foreachCode(statement, code, compiler)
  if (statement.type === 'set' && isVariableSet(statement)) return setCode(statement, code, compiler)
  const render = compileStatement(statement, compiler)
  return render === nothing ? '' : code.print(render)
}

/** @param text Stands before it. */
function referenceCode(reference: Reference, text: string, code: FunctionCode, compiler: Compiler): string {
  const print = code.print(compileValuePrint(reference, compiler), 'v')
  const value = valueCode(reference, code, compiler)
  const before = code.constant(text)
  const [join, add] = text === '' ? ['o', ''] : [`o + ${before}`, `o += ${before};`]
  return `v = ${value};
if (typeof v === 'string') o = ${join} + v; else { ${add} if (typeof v === 'number') o += String(v); else { ${print} } }`
}

/** Nothing is set to null. */
function setCode({ target, value }: SetStatement, code: FunctionCode, compiler: Compiler): string {
  const { slot, write } = variableOf(compiler.names, target.name)
  const assign = slot === undefined ? `${code.constant(write)}(r, v)` : `s[${slot}] = v`
  return `v = ${valueCode(value, code, compiler)}; if (v !== null) ${assign};`
}

/** Conditions one after the other, not within one another: there may be thousands. */
function ifCode({ branches, otherwise }: IfStatement, code: FunctionCode, compiler: Compiler): string {
  const label = code.unused()
  const tests = branches.map(({ condition, block }) => {
    return `if (${testCode(condition, code, compiler)}) {\n${blockCode(block, code, compiler)}\nbreak ${label}; }`
  })
  return `${label}: {\n${tests.join('\n')}\n${blockCode(otherwise, code, compiler)}\n}`
}

function foreachCode(statement: ForeachStatement, code: FunctionCode, compiler: Compiler): string {
  const items = valueCode(statement.items, code, compiler)
  const open = code.constant(compileLoop(statement, compiler))
  const loop = code.unused()
  const round = blockCode(statement.block, code, compiler)
  return `${loop} = ${open}(r, ${items}); if (${loop}) {
try { while (${loop}.next()) {\n${round}\n} } catch (thrown) { ${loop}.stop(thrown); o = r.out; }
${loop}.end(); }`
}
