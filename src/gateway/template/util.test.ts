import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { debianJars, startJava } from '../../../test/java-oracle.ts'
import { seeded } from '../../../test/seeded.ts'
import { HostError, type Value } from '../../vtl/value.ts'
import { util } from './util.ts'

/** A rendering that has all the time. */
function call(name: string, parameters: readonly Value[]): Value | undefined {
  return util.call(name, parameters, { spend() {} })
}

const functions = ['escapeJavaScript', 'urlEncode', 'urlDecode', 'base64Encode']

describe('$util', () => {
  const cases: [name: string, text: string, expected: Value][] = [
    ['escapeJavaScript', `He said "it's 1/2"\n`, `He said \\"it\\'s 1\\/2\\"\\n`],
    ['escapeJavaScript', 'é😀\u0001', '\\u00E9\\uD83D\\uDE00\\u0001'],
    ['parseJson', '{"a":[1,"x"]}', new Map([['a', [1, 'x']]])],
    ['parseJson', '"x"', 'x'],
    ['parseJson', '7', 7],
    ['urlEncode', 'a b&c=é*~(1)', 'a+b%26c%3D%C3%A9*%7E%281%29'],
    ['urlDecode', 'a+b%26c%3D%C3%A9', 'a b&c=é'],
    ['urlDecode', '100%25', '100%'],
    ['urlDecode', '+%+a%-0+', ' \n\0 '],
    ['base64Encode', 'é', 'w6k='],
    ['base64Decode', 'w6k=', 'é'],
    ['base64Decode', 'w6k', 'é'],
  ]
  for (const [name, text, expected] of cases) {
    test(`${name} of ${JSON.stringify(text)}`, () => assert.deepEqual(call(name, [text]), expected))
  }
  test('takes the text of numbers and booleans', () => {
    assert.equal(call('escapeJavaScript', [7]), '7')
    assert.equal(call('base64Encode', [true]), 'dHJ1ZQ==')
  })
  test('has no function for anything else', () => {
    assert.equal(call('escapeJavaScript', [null]), undefined)
    assert.equal(call('escapeJavaScript', [new Map()]), undefined)
    assert.equal(call('escapeJavaScript', []), undefined)
    assert.equal(call('urlEncode', ['a', 'b']), undefined)
    assert.equal(call('toString', ['a']), undefined)
    assert.equal(util.get('constructor'), undefined)
  })
  test('refuses what is no JSON, and escapes that are none', () => {
    assert.throws(() => call('parseJson', ['{']), HostError)
    for (const text of ['%', '%4', '%zz', 'a%-1', '%+', '%-0%'])
      assert.throws(() => call('urlDecode', [text]), HostError, text)
  })
})

describe('$util agrees with Java', () => {
  const oracle = startJava(new URL('oracle/UtilOracle.java', import.meta.url).pathname, debianJars('commons-lang'))
  after(() => oracle.stop())

  const alphabet = [
    ...`aZ09 .-*_~!'()"\\/%+&=<>\n\t\u0000\u001f\u007f\u00e9\u0fff\u1000\ufffd`,
    '😀',
    '\ud800',
    '%41',
    '%c3%a9',
    '%ff',
  ]

  test('on 4,000 generated texts', async () => {
    const texts = generate(1_000)
    await Promise.all(
      functions.flatMap((name) =>
        texts.map(async (text) => {
          const answer = await oracle.ask(`${name}\t${Buffer.from(text, 'utf16le').toString('base64')}`)
          assert.equal(own(name, text), answer, `${name} of ${JSON.stringify(text)}`)
        }),
      ),
    )
  })

  function generate(count: number): string[] {
    const random = seeded(7)
    const below = (limit: number) => Math.floor(random() * limit)
    return Array.from({ length: count }, () => {
      return Array.from({ length: below(9) }, () => alphabet[below(alphabet.length)]).join('')
    })
  }

  function own(name: string, text: string): string {
    try {
      return Buffer.from(String(call(name, [text])), 'utf16le').toString('base64')
    } catch {
      return 'error'
    }
  }
})
