import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { remembered } from './remembered.ts'

/** What is remembered of how a text was made, and how often one was made. */
function counted(places = 16) {
  let made = 0
  const of = remembered(places, (text) => {
    made++
    return { text }
  })
  return { of, made: () => made }
}

describe('what was made of a text', () => {
  test('is remembered from the second time on', () => {
    const { of, made } = counted()
    const all = [1, 2, 3, 4].map(() => of('a'))
    assert.equal(made(), 2)
    assert.equal(all[1], all[3])
  })

  for (const [name, one, other] of [
    ['whatever texts have its place', 'a', 'b'],
    ['though another differs where it is not looked at', `${'x'.repeat(500)}a`, `x${'y'}${'x'.repeat(498)}a`],
  ] as const) {
    test(`is never of another text, ${name}`, () => {
      const { of } = counted(1)
      for (const text of [one, one, other, other, one, other, other, one, one]) assert.equal(of(text).text, text)
    })
  }

  test('is not remembered of a long text', () => {
    const { of, made } = counted()
    for (let i = 0; i < 3; i++) of('x'.repeat(1_025))
    assert.equal(made(), 3)
  })

  test('of nothing is remembered too', () => {
    const { of, made } = counted()
    for (let i = 0; i < 3; i++) assert.equal(of('').text, '')
    assert.equal(made(), 2)
  })
})
