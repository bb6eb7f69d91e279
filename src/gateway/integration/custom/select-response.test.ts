import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { responseSelector } from './select-response.ts'

/** Chooses among responses given by their patterns. @returns the pattern of the one. */
function choose(patterns: readonly (string | undefined)[], text: string): string | undefined {
  const responses = patterns.map((selectionPattern) => ({
    statusCode: '200',
    ...(selectionPattern !== undefined && { selectionPattern }),
    responseParameters: {},
    responseTemplates: {},
  }))
  return responseSelector(responses, (response) => response.selectionPattern ?? 'default')(text)
}

describe('the integration response', () => {
  const cases: [patterns: (string | undefined)[], text: string, chosen: string | undefined][] = [
    [[undefined], '200', 'default'],
    [[''], '500', ''],
    [[], '200', undefined],
    [['4\\d{2}', undefined], '404', '4\\d{2}'],
    [['4\\d{2}', undefined], '200', 'default'],
    [['4\\d{2}', '5\\d{2}'], '200', undefined],
    [['404', '4..'], '404', '404'],
    [['.*not found.*', undefined], 'Pet 7 not found', '.*not found.*'],
    [['not found', undefined], 'Pet 7 not found', 'default'],
    [['(\\n|.)+', undefined], '', 'default'],
    [['.*', undefined], '', '.*'],
    [['(', undefined], '(', 'default'],
  ]
  for (const [patterns, text, chosen] of cases) {
    test(`of ${JSON.stringify(text)} among ${patterns.map((pattern) => pattern ?? 'default')} is ${chosen}`, () => {
      assert.equal(choose(patterns, text), chosen)
    })
  }

  test('is found again', () => {
    const select = responseSelector(
      [{ statusCode: '404', selectionPattern: '4..', responseParameters: {}, responseTemplates: {} }],
      ({ statusCode }) => statusCode,
    )
    assert.deepEqual(['404', '404', '500', '500'].map(select), ['404', '404', undefined, undefined])
  })
})
