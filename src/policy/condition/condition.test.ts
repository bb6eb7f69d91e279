import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ConditionContext } from '../request.ts'
import { compileCondition } from './condition.ts'

type Values = string | readonly string[]

function contextOf(values: Readonly<Record<string, Values>>): ConditionContext {
  return (key) => values[key]
}

/** One value or list of a condition against one of the request; `undefined`: the request lacks the key. */
function holds(operator: string, expected: Values, actual: Values | undefined, others: Record<string, Values> = {}) {
  const values = typeof expected === 'string' ? [expected] : expected
  const condition = compileCondition({ operator, key: 'test:Key', values, hasVariables: true, place: 'here' })
  return condition(contextOf({ ...others, ...(actual !== undefined && { 'test:key': actual }) }))
}

describe('a condition', () => {
  const arn = 'arn:aws:execute-api:us-east-1:123456789012:abc/dev/GET/pets'
  const cases: [operator: string, expected: Values, actual: Values | undefined, result: boolean][] = [
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', ['b', 'a'], 'a', true],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', 'a', undefined, true],
    ['StringNotEqualsIfExists', 'a', 'a', false],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringLike', 'Mozilla/*', 'Mozilla/5.0 (X11)', true],
    ['StringLike', 'a?c', 'ac', false],
    ['StringNotLike', 'a*', 'ab', false],
    ['StringNotLike', 'a*', undefined, true],
    ['StringLike', 'a${*}', 'a*', true],
    ['StringLike', 'a${*}', 'ab', false],
    ['StringLike', 'a${?}${$}', 'a?$', true],
    ['ArnLike', 'arn:aws:execute-api:*:123456789012:abc/*', arn, true],
    ['ArnEquals', 'arn:aws:execute-api:*:123456789012:abc/*', arn, true],
    ['ArnLike', 'arn:aws:execute-api:*abc/*', arn, false],
    ['ArnLike', '*', arn, false],
    ['ArnLike', 'arn:*:*:*:*:*', arn, true],
    ['ArnNotLike', 'arn:*:*:*:*:*', arn, false],
    ['ArnNotEquals', 'arn:*:*:*:*:other', arn, true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9.5', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '-3', false],
    ['NumericGreaterThanEquals', '1e1', '10', true],
    ['NumericEquals', '10', 'ten', false],
    ['NumericEquals', '0', '', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', true],
    ['DateNotEquals', '2026-01-01', '2026-01-02T00:00:00Z', true],
    ['DateLessThan', '2026-01-01T00:00:00+01:00', '2025-12-31T22:59:59.999Z', true],
    ['DateLessThanEquals', '2026-01-01T00:00:00', '2026-01-01T00:00:00Z', true],
    ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:00Z', false],
    ['DateGreaterThanEquals', '1767225600', '2026-01-01', true],
    ['DateGreaterThan', '2026-01-01', 'tomorrow', false],
    ['Bool', 'true', 'true', true],
    ['Bool', 'True', 'true', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'false', undefined, false],
    ['BoolIfExists', 'true', undefined, true],
    ['Bool', 'false', 'no', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ4', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
    ['IpAddress', ['10.0.0.0/8', '2001:db8::/32'], '2001:db8::9', true],
    ['IpAddress', '203.0.113.0/24', undefined, false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.9', false],
    ['NotIpAddress', ['203.0.113.0/24', '10.0.0.0/8'], '10.1.1.1', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', '203.0.113.0/24', undefined, true],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'a', false],
    ['Null', 'false', 'a', true],
    ['Null', 'false', undefined, false],
    ['Null', 'true', [], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', 'a', ['b', 'c'], false],
    ['ForAnyValue:StringEquals', 'a', undefined, false],
    ['ForAnyValue:StringEquals', 'a', [], false],
    ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAnyValue:StringNotEquals', 'a', undefined, false],
    ['ForAnyValue:StringEqualsIfExists', 'a', undefined, true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'c'], false],
    ['ForAllValues:StringEquals', 'a', undefined, true],
    ['ForAllValues:StringEquals', 'a', [], true],
    ['ForAllValues:StringNotLike', 'a*', ['b', 'ab'], false],
    ['ForAllValues:StringNotLike', 'a*', ['b', 'c'], true],
  ]
  for (const [operator, expected, actual, result] of cases) {
    test(`${operator} ${JSON.stringify(expected)} ${result ? 'holds' : 'fails'} for ${JSON.stringify(actual)}`, () =>
      assert.equal(holds(operator, expected, actual), result))
  }

  test('takes the values of variables as they are', () => {
    const user = { 'aws:username': 'a*' }
    assert.equal(holds('StringEquals', '${aws:username}', 'a*', user), true)
    assert.equal(holds('StringLike', '${AWS:UserName}/*', 'a*/x', user), true)
    assert.equal(holds('StringLike', '${aws:username}/*', 'ab/x', user), false)
    assert.equal(holds('ArnLike', 'arn:aws:iam::1:user/${aws:username}', 'arn:aws:iam::1:user/a*', user), true)
    assert.equal(holds('ArnLike', 'arn:aws:iam::1:user/${aws:username}', 'arn:aws:iam::1:user/ab', user), false)
  })

  test('falls back on the default of a variable', () => {
    assert.equal(holds('StringEquals', "${aws:PrincipalTag/team, 'all hands'}", 'all hands'), true)
    assert.equal(holds('StringEquals', "${aws:PrincipalTag/team, 'all'}", 'x', { 'aws:principaltag/team': 'x' }), true)
  })

  test('finds nothing equal to a variable without a value, or with several', () => {
    assert.equal(holds('StringEquals', '${aws:username}', ''), false)
    assert.equal(holds('StringLike', '*${aws:username}*', 'x'), false)
    assert.equal(holds('StringNotEquals', '${aws:username}', 'x'), true)
    assert.equal(holds('StringEquals', '${aws:TagKeys}', 'x', { 'aws:tagkeys': ['x'] }), false)
  })

  const wrong: [operator: string, value: string][] = [
    ['StringIs', 'a'],
    ['stringequals', 'a'],
    ['constructor', 'a'],
    ['NullIfExists', 'true'],
    ['ForAnyValue:Null', 'true'],
    ['ForSomeValues:StringEquals', 'a'],
    ['Null', 'maybe'],
    ['NumericEquals', 'ten'],
    ['NumericEquals', '${aws:EpochTime}'],
    ['DateEquals', 'tomorrow'],
    ['Bool', 'yes'],
    ['IpAddress', '10.0.0.0/33'],
    ['BinaryEquals', '!'],
    ['StringEquals', '${aws:username'],
    ['StringEquals', '${}'],
  ]
  for (const [operator, value] of wrong) {
    test(`refuses ${operator} ${value}`, () =>
      assert.throws(() => holds(operator, value, 'a'), { message: 'Syntax errors in policy.', place: 'here' }))
  }
})
