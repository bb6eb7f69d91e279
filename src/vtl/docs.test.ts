import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { variables } from './oracle/fixture.ts'
import { compileTemplate } from './template.ts'

const page = readFileSync(new URL('../../docs/vtl.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```vtl\n(.*?)^```\n\n```text\n(.*?)^```/gms)]

test('docs/vtl.md has examples', () => assert.ok(examples.length >= 3))

for (const [, template = '', text] of examples) {
  test(`docs/vtl.md: ${template.split('\n')[0]}`, () => {
    assert.equal(compileTemplate(template).render(variables()).trim(), text?.trim())
  })
}
