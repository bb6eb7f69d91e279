import { compileStatement, isVariableSet, nothing, stepsOf } from '../compile/block.ts'
import type { Compiler } from '../compile/compiler.ts'
import { compileValuePrint, isPlain } from '../compile/reference.ts'
import { variableOf } from '../compile/variable.ts'
import type { Block, IfStatement, Reference, SetStatement, Statement, Text } from '../syntax/ast.ts'
import { testCode, valueCode } from './expression.ts'
import type { FunctionCode } from './template-code.ts'

/** Statements that print a block. */
export function blockCode(block: Block, code: FunctionCode, compiler: Compiler): string {
  if (block.length === 0) return ''
  const steps = block.reduce((sum, statement) => sum + stepsOf(statement), 0)
  const statements = block.map((statement) => statementCode(statement, code, compiler))
  return `if ((r.steps -= ${steps}) < 0) r.spend(0);\n${statements.join('\n')}`
}

function statementCode(statement: Statement, code: FunctionCode, compiler: Compiler): string {
  if (statement.type === 'text') return textCode(statement, code)
  if (statement.type === 'reference' && isPlain(statement)) return referenceCode(statement, code, compiler)
  if (statement.type === 'if') return ifCode(statement, code, compiler)
  if (statement.type === 'set' && isVariableSet(statement)) return setCode(statement, code, compiler)
  const render = compileStatement(statement, compiler)
  return render === nothing ? '' : `${code.constant(render)}(r);`
}

const checkLength = 'if (r.out.length > r.maxLength) r.checked(r.out);'

function textCode({ text }: Text, code: FunctionCode): string {
  return `r.out += ${code.constant(text)}; ${checkLength}`
}

function referenceCode(reference: Reference, code: FunctionCode, compiler: Compiler): string {
  const print = code.constant(compileValuePrint(reference, compiler))
  const value = valueCode(reference, code, compiler)
  return `v = ${value}; if (typeof v === 'string') { r.out += v; ${checkLength} } else ${print}(r, v);`
}

/** Nothing is set to null. */
function setCode({ target, value }: SetStatement, code: FunctionCode, compiler: Compiler): string {
  const { slot, write } = variableOf(compiler.names, target.name)
  const assign = slot === undefined ? `${code.constant(write)}(r, v)` : `s[${slot}] = v`
  return `v = ${valueCode(value, code, compiler)}; if (v !== null) ${assign};`
}

/** Conditions one after the other, not within one another: there may be thousands. */
function ifCode({ branches, otherwise }: IfStatement, code: FunctionCode, compiler: Compiler): string {
  const label = code.label()
  const tests = branches.map(({ condition, block }) => {
    return `if (${testCode(condition, code, compiler)}) {\n${blockCode(block, code, compiler)}\nbreak ${label}; }`
  })
  return `${label}: {\n${tests.join('\n')}\n${blockCode(otherwise, code, compiler)}\n}`
}
