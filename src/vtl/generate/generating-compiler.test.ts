import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TemplateError, TemplateSyntaxError } from '../error.ts'
import { cases } from '../oracle/cases.ts'
import { variables } from '../oracle/fixture.ts'
import { compileTemplate } from '../template.ts'

/** Makes a template too long to become JavaScript. */
const comment = `#*${'-'.repeat(50_000)}*#`

function render(template: string): string {
  try {
    return compileTemplate(template).render(variables())
  } catch (error) {
    assert.ok(error instanceof TemplateError || error instanceof TemplateSyntaxError, String(error))
    return `${error.name} in line ${error.line}`
  }
}

test('renders templates of any length alike', () => {
  for (const template of Object.values(cases).flat())
    assert.equal(render(comment + template), render(template), template)
})

test('makes no code of what a template says', () => {
  const names = ['constructor', '__proto__', 'r', 's', 'o', 'v', 't1', 'k0', 'process', 'constants']
  const references = names.map((name) => `$${name} $x.${name} $x["${name}"]`).join('\n')
  assert.equal(render(references), references)
  const text = '`${process.exit()}` \'"; } process.exit(); // \\ \u2028 </script>'
  assert.equal(render(text), text)
  assert.equal(render(`#set($t = '${text.replaceAll("'", "''")}')$t`), text)
})
