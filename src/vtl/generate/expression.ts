import { compileAccess, compileCall } from '../compile/access.ts'
import type { Compiler } from '../compile/compiler.ts'
import { compileCalculation, isArithmetic } from '../compile/expression.ts'
import { variableOf } from '../compile/variable.ts'
import { stringMethods } from '../java/string-methods.ts'
import { isEqual } from '../runtime/equality.ts'
import type { Rendering } from '../runtime/rendering.ts'
import type { Access, Arithmetic, Binary, Expression, MethodAccess, Reference } from '../syntax/ast.ts'
import type { Value } from '../value.ts'
import { type Path, pathsOf } from './known-paths.ts'
import { loopFactCode } from './loop-fact.ts'
import type { FunctionCode } from './template-code.ts'

/** Expressions within one another: deeper ones are functions, so that JavaScript's parser is not nested without bound. */
const maxDepth = 20

/** The value of an expression. */
export function valueCode(expression: Expression, code: FunctionCode, compiler: Compiler, depth = 0): string {
  if (depth < maxDepth) {
    if (expression.type === 'literal') return code.constant(expression.value)
    if (expression.type === 'group') return valueCode(expression.expression, code, compiler, depth + 1)
    if (expression.type === 'reference') {
      const fact = loopFactCode(expression, code)
      if (fact !== undefined) return fact
      const { slot } = variableOf(compiler.names, expression.name)
      if (slot !== undefined && expression.verbatim === undefined) {
        return pathCode(slot, expression, code, compiler, depth + 1)
      }
    }
    if (expression.type === 'binary' && isArithmetic(expression)) return sumCode(expression, code, compiler, depth + 1)
  }
  code.paths.forget([expression])
  return code.call(compiler.expression(expression))
}

/** Follows a path. What is not there is undefined on the way, and null at its end. */
function pathCode(slot: number, reference: Reference, code: FunctionCode, compiler: Compiler, depth: number): string {
  const paths = pathsOf(reference)
  const known = paths.findLastIndex((path) => code.paths.variable(path) !== undefined)
  const start = code.paths.variable(paths[known] ?? '')
  if (start !== undefined && known === reference.path.length) return `(${start} ?? null)`
  const keep = (path: Path | undefined) =>
    path !== undefined && code.repeatedPaths.has(path) ? [`${code.paths.learn(path)} = v`] : []
  const steps = start === undefined ? [`v = s[${slot}]`, ...keep(paths[0])] : [`v = ${start}`]
  for (const [index, access] of reference.path.entries()) {
    if (index >= known) steps.push(accessCode(access, code, compiler, depth), ...keep(paths[index + 1]))
  }
  return `(${steps.join(', ')}, v ?? null)`
}

function accessCode(access: Access, code: FunctionCode, compiler: Compiler, depth: number): string {
  if (access.type === 'property') {
    const follow = `v == null ? null : ${code.constant(compileAccess(access, compiler))}(r, v)`
    return `v = v instanceof Map ? v.get(${code.constant(access.name)}) : ${follow}`
  }
  if (access.type === 'method') return methodCode(access, code, compiler, depth)
  code.paths.forget([access])
  return `v = v == null ? null : ${code.call(compileAccess(access, compiler), 'v')}`
}

const noParameters: readonly Value[] = []

function methodCode(access: MethodAccess, code: FunctionCode, compiler: Compiler, depth: number): string {
  const receiver = code.unused()
  const values = code.paths.within([access], () => {
    return access.arguments.map((argument) => valueCode(argument, code, compiler, depth))
  })
  const parameters = values.length === 0 ? code.constant(noParameters) : `[${values}]`
  const call = code.call(compileCall(access), receiver, parameters)
  const ofString = values.length === 0 ? stringMethods.get(access.name) : undefined
  const either = ofString
    ? `typeof ${receiver} === 'string' ? (r.at = ${code.constant(access)}, ${code.constant(ofString)}(${receiver}, ${parameters}, r)) : ${call}`
    : call
  return `${receiver} = v, v = ${receiver} == null ? null : ${either}`
}

const signs: Readonly<Partial<Record<Arithmetic, string>>> = { plus: '+', minus: '-', multiply: '*' }

/** Small whole numbers at once. Adding 0 makes -0, which Java's integers do not have, 0. */
function sumCode(
  expression: Binary & { operator: Arithmetic },
  code: FunctionCode,
  compiler: Compiler,
  depth: number,
): string {
  const [left, right, result] = [code.unused(), code.unused(), code.unused()]
  const operands = operandsCode(expression, left, right, code, compiler, depth)
  const calculate = code.call(compileCalculation(expression), left, right)
  const sign = signs[expression.operator]
  if (sign === undefined) return `(${operands}, ${calculate})`
  const areNumbers = `typeof ${left} === 'number' && typeof ${right} === 'number'`
  const isSmall = `Number.isSafeInteger(${result} = ${left} ${sign} ${right} + 0)`
  return `(${operands}, ${areNumbers} && ${isSmall} ? ${result} : ${calculate})`
}

function operandsCode(
  { left, right }: Binary,
  leftName: string,
  rightName: string,
  code: FunctionCode,
  compiler: Compiler,
  depth: number,
): string {
  const leftCode = valueCode(left, code, compiler, depth)
  return `${leftName} = ${leftCode}, ${rightName} = ${valueCode(right, code, compiler, depth)}`
}

function areEqual(rendering: Rendering, left: Value, right: Value): boolean {
  return isEqual(left, right, rendering)
}

/** Whether a condition holds. */
export function testCode(expression: Expression, code: FunctionCode, compiler: Compiler, depth = 0): string {
  if (depth < maxDepth) {
    if (expression.type === 'reference') {
      return `(v = ${valueCode(expression, code, compiler, depth + 1)}, v !== null && v !== false)`
    }
    if (expression.type === 'group') return testCode(expression.expression, code, compiler, depth + 1)
    if (expression.type === 'not') return `!${testCode(expression.operand, code, compiler, depth + 1)}`
    if (expression.type === 'binary') return binaryTestCode(expression, code, compiler, depth + 1)
  }
  code.paths.forget([expression])
  return code.call(compiler.test(expression))
}

function binaryTestCode(expression: Binary, code: FunctionCode, compiler: Compiler, depth: number): string {
  const { operator, left, right } = expression
  if (operator === 'equal') return equalCode(expression, code, compiler, depth)
  if (operator === 'not-equal') return `!${equalCode(expression, code, compiler, depth)}`
  if (operator !== 'and' && operator !== 'or') {
    code.paths.forget([expression])
    return code.call(compiler.test(expression))
  }
  const leftCode = testCode(left, code, compiler, depth)
  const rightCode = code.paths.within([right], () => testCode(right, code, compiler, depth))
  return `(${leftCode} ${operator === 'and' ? '&&' : '||'} ${rightCode})`
}

function equalCode(expression: Binary, code: FunctionCode, compiler: Compiler, depth: number): string {
  const [left, right] = [code.unused(), code.unused()]
  const operands = operandsCode(expression, left, right, code, compiler, depth)
  const unlike = code.call(areEqual, left, right)
  const areTexts = `typeof ${left} === 'string' && typeof ${right} === 'string'`
  return `(${operands}, ${areTexts} ? ${left} === ${right} : ${unlike})`
}
