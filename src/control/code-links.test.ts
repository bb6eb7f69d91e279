import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createCodeLinks } from './code-links.ts'

describe('createCodeLinks', () => {
  let time = 1_700_000_000_000
  const now = () => new Date(time)
  const links = createCodeLinks(Buffer.from('secret'), now)
  const link = links.link('code/abc')

  test('resolves its own links', () => assert.equal(links.resolve(link), 'code/abc'))

  for (const [name, target] of [
    ['another blob', link.replace('abc', 'abd')],
    ['a later expiry', link.replace(/expires=\d+/, 'expires=9999999999999')],
    ['a forged signature', link.replace(/signature=.{3}/, 'signature=AAA')],
    ['no signature', link.replace(/&signature=.*/, '')],
    ['another page', '/_gatehouse/status'],
  ] as const) {
    test(`refuses ${name}`, () => assert.equal(links.resolve(target), undefined))
  }

  test('refuses links of another process', () =>
    assert.equal(createCodeLinks(Buffer.from('other'), now).resolve(link), undefined))

  test('refuses a link after ten minutes', () => {
    time += 600_000
    assert.equal(links.resolve(link), undefined)
  })
})
