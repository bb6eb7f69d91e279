import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { byAccept, byContentType } from './choose-template.ts'

const json = new Map([['application/json', 'J']])
const several = new Map([
  ['Text/XML', 'X'],
  ['application/json', 'J'],
])
const some = new Map([['text/xml', 'X']])
const all = new Map([
  ['application/json', 'J'],
  ['$default', 'D'],
])
const none: ReadonlyMap<string, string> = new Map()

describe('the template of a request', () => {
  const cases: [templates: ReadonlyMap<string, string>, contentType: string | undefined, chosen: string | undefined][] =
    [
      [json, undefined, 'J'],
      [json, 'application/json', 'J'],
      [json, 'Application/JSON; charset=utf-8', 'J'],
      [several, 'text/xml', 'X'],
      [all, 'image/png', 'D'],
      [json, 'text/plain', undefined],
      [some, undefined, undefined],
      [none, undefined, undefined],
    ]
  for (const [templates, contentType, chosen] of cases) {
    test(`for ${contentType ?? 'no type'} among ${[...templates.keys()]} is ${chosen ?? 'none'}`, () => {
      assert.equal(byContentType(templates)(contentType), chosen)
    })
  }

  const unsupported = { type: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message: 'Unsupported Media Type' }
  const refusals: [Parameters<typeof byContentType>[1], ReadonlyMap<string, string>, refused: boolean][] = [
    ['WHEN_NO_MATCH', json, false],
    ['WHEN_NO_MATCH', none, false],
    ['WHEN_NO_TEMPLATES', json, true],
    ['WHEN_NO_TEMPLATES', none, false],
    ['NEVER', json, true],
    ['NEVER', none, true],
  ]
  for (const [behavior, templates, refused] of refusals) {
    const name = `${behavior} ${refused ? 'refuses' : 'passes'} what matches none of ${templates.size}`
    test(name, () => {
      const choose = () => byContentType(templates, behavior)('text/plain')
      if (refused) assert.throws(choose, unsupported)
      else assert.equal(choose(), undefined)
    })
  }

  test('is found whatever may pass through', () => {
    assert.equal(byContentType(json, 'NEVER')(undefined), 'J')
    assert.equal(byContentType(all, 'NEVER')('text/plain'), 'D')
  })
})

describe('the template of a response', () => {
  const cases: [templates: ReadonlyMap<string, string>, accept: string | undefined, chosen: string | undefined][] = [
    [several, undefined, 'J'],
    [several, 'text/xml;q=0.5, application/json', 'X'],
    [several, 'image/png', 'J'],
    [some, 'application/json', 'X'],
    [new Map([...some, ['text/html', 'H']]), 'image/png', 'X'],
    [none, 'text/xml', undefined],
  ]
  for (const [templates, accept, chosen] of cases) {
    test(`for ${accept ?? 'who accepts anything'} among ${[...templates.keys()]} is ${chosen ?? 'none'}`, () => {
      assert.equal(byAccept(templates)(accept)?.template, chosen)
    })
  }

  test('brings its media type', () => {
    assert.equal(byAccept(some)('a/b')?.mediaType, 'text/xml')
  })
})
