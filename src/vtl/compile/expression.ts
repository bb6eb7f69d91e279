import { keyOf } from '../java/map-methods.ts'
import { calculate, compareNumbers, intValue, isNumber } from '../runtime/arithmetic.ts'
import { isEqual } from '../runtime/equality.ts'
import type { Evaluate } from '../runtime/macro-frame.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import type { Arithmetic, Binary, Expression, MapExpression, Range } from '../syntax/ast.ts'
import { ArrayList, HostError, type Value, type ValueMap } from '../value.ts'
import type { Compiler } from './compiler.ts'
import { compileInterpolated } from './interpolated.ts'
import { compileReference } from './reference.ts'

/** Decides whether a condition holds. */
export type Test = (rendering: Rendering) => boolean

export function compileExpression(expression: Expression, compiler: Compiler): Evaluate {
  switch (expression.type) {
    case 'literal': {
      const { value } = expression
      return () => value
    }
    case 'reference':
      return compileReference(expression, compiler)
    case 'interpolated':
      return compileInterpolated(expression, compiler)
    case 'group':
      return compiler.expression(expression.expression)
    case 'list': {
      const items = expression.items.map((item) => compiler.expression(item))
      return (rendering) => {
        rendering.spend(items.length * 8)
        const list = new ArrayList()
        for (const item of items) list.push(item(rendering))
        return list
      }
    }
    case 'map':
      return compileMap(expression, compiler)
    case 'range':
      return compileRange(expression, compiler)
    case 'not':
      return compiler.test(expression)
    case 'binary':
      return isArithmetic(expression) ? compileArithmetic(expression, compiler) : compiler.test(expression)
  }
}

/**
 * A condition: true, comparisons, and references to anything but false and null. Everything else is false, even strings and
 * numbers that stand there themselves.
 */
export function compileTest(expression: Expression, compiler: Compiler): Test {
  switch (expression.type) {
    case 'literal': {
      const holds = expression.value === true
      return () => holds
    }
    case 'reference': {
      const evaluate = compileReference(expression, compiler)
      return (rendering) => {
        const value = evaluate(rendering)
        return value !== null && value !== false
      }
    }
    case 'group':
      return compiler.test(expression.expression)
    case 'not': {
      const operand = compiler.test(expression.operand)
      return (rendering) => !operand(rendering)
    }
    case 'binary':
      return compileBinaryTest(expression, compiler)
    default:
      return () => false
  }
}

function compileBinaryTest(expression: Binary, compiler: Compiler): Test {
  const { operator } = expression
  if (operator === 'and' || operator === 'or') return compileLogical(expression, compiler)
  if (isArithmetic(expression)) return () => false
  const left = compiler.expression(expression.left)
  const right = compiler.expression(expression.right)
  if (operator === 'equal') return compileEqual(left, right)
  if (operator === 'not-equal') {
    const test = compileEqual(left, right)
    return (rendering) => !test(rendering)
  }
  const holds = ordering[operator as keyof typeof ordering]
  return (rendering) => {
    const leftValue = left(rendering)
    const rightValue = right(rendering)
    return isNumber(leftValue) && isNumber(rightValue) && holds(compareNumbers(leftValue, rightValue))
  }
}

function compileEqual(left: Evaluate, right: Evaluate): Test {
  return (rendering) => {
    const leftValue = left(rendering)
    const rightValue = right(rendering)
    if (typeof leftValue === 'string' && typeof rightValue === 'string') return leftValue === rightValue
    return isEqual(leftValue, rightValue, rendering)
  }
}

const ordering = {
  less: (order: number) => order < 0,
  'less-or-equal': (order: number) => order <= 0,
  greater: (order: number) => order > 0,
  'greater-or-equal': (order: number) => order >= 0,
}

function compileLogical(expression: Binary, compiler: Compiler): Test {
  const left = compiler.test(expression.left)
  const right = compiler.test(expression.right)
  if (expression.operator === 'and') return (rendering) => left(rendering) && right(rendering)
  return (rendering) => left(rendering) || right(rendering)
}

const arithmetic: ReadonlySet<string> = new Set([
  'plus',
  'minus',
  'multiply',
  'divide',
  'modulus',
] satisfies Arithmetic[])

type Calculation = Binary & { operator: Arithmetic }

export function isArithmetic(expression: Binary): expression is Calculation {
  return arithmetic.has(expression.operator)
}

function compileArithmetic(expression: Calculation, compiler: Compiler): Evaluate {
  const left = compiler.expression(expression.left)
  const right = compiler.expression(expression.right)
  const calculate = compileCalculation(expression)
  return (rendering) => {
    const leftValue = left(rendering)
    return calculate(rendering, leftValue, right(rendering))
  }
}

/** What an operator makes of the values of its operands. */
export function compileCalculation(expression: Calculation) {
  const { operator } = expression
  return (rendering: Rendering, left: Value, right: Value): Value => {
    rendering.at = expression
    if (operator === 'plus' && (typeof left === 'string' || typeof right === 'string')) {
      return rendering.made(sourceOr(left, expression.left, rendering) + sourceOr(right, expression.right, rendering))
    }
    return isNumber(left) && isNumber(right) ? calculate(operator, left, right) : null
  }
}

/** What has no value is appended to strings as its source. */
function sourceOr(value: Value, expression: Expression, rendering: Rendering): string {
  return value === null ? expression.literal : textOf(value, rendering)
}

function compileMap(expression: MapExpression, compiler: Compiler): Evaluate {
  const entries = expression.entries.map(([key, value]) => ({
    key: compiler.expression(key),
    value: compiler.expression(value),
  }))
  return (rendering) => {
    rendering.spend(entries.length * 16)
    const map: ValueMap = new Map()
    for (const { key, value } of entries) map.set(keyOf(key(rendering), rendering), value(rendering))
    return map
  }
}

function compileRange(expression: Range, compiler: Compiler): Evaluate {
  const from = compiler.expression(expression.from)
  const to = compiler.expression(expression.to)
  return (rendering) => {
    const first = from(rendering)
    const last = to(rendering)
    if (!isNumber(first) || !isNumber(last)) return null
    rendering.at = expression
    return rangeOf(intValue(first), intValue(last), rendering)
  }
}

function rangeOf(first: number, last: number, rendering: Rendering): Value {
  const length = Math.abs(last - first) + 1
  const { maxRange } = rendering.limits
  if (length > maxRange) throw new HostError(`A range of more than ${maxRange}`)
  rendering.spend(length * 8)
  const list = new ArrayList()
  const step = first < last ? 1 : -1
  for (let count = 0; count < length; count += 1) list.push(first + count * step)
  return list
}
