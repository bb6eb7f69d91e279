import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { seeded } from '../../../test/seeded.ts'
import { TemplateError, TemplateSyntaxError } from '../error.ts'
import { compileTemplate } from '../template.ts'
import { cases } from './cases.ts'
import { differences } from './differences.ts'
import { variables } from './fixture.ts'
import { TemplateGenerator } from './generate.ts'
import { VelocityOracle, type Verdict } from './velocity-oracle.ts'

const velocity = new VelocityOracle()
after(() => velocity[Symbol.asyncDispose]())

/** What we make of a template. Every error must be one of the two that say where it is. */
function render(template: string): Verdict {
  try {
    return { text: compileTemplate(template).render(variables()) }
  } catch (error) {
    assert.ok(error instanceof TemplateError || error instanceof TemplateSyntaxError, String(error))
    return { error: error.message }
  }
}

function assertSame(template: string, expected: Verdict): void {
  const ours = render(template)
  if ('error' in expected)
    assert.ok('error' in ours, `${JSON.stringify(ours)}, where Velocity fails: ${expected.error}`)
  else assert.deepEqual(ours, expected)
}

for (const [topic, templates] of Object.entries(cases)) {
  describe(`renders ${topic} as Velocity does:`, () => {
    for (const template of templates) {
      test(JSON.stringify(template), async () => assertSame(template, await velocity.render(template)))
    }
  })
}

describe('differs from Velocity:', () => {
  const page = readFileSync(new URL('../../../docs/vtl.md', import.meta.url), 'utf8')
  for (const { what, why, template, velocity: theirs, ours } of differences) {
    test(what, async () => {
      const verdict = await velocity.render(template)
      if (typeof theirs === 'string') assert.deepEqual(verdict, { text: theirs })
      else if (theirs instanceof RegExp) assert.match('text' in verdict ? verdict.text : '', theirs)
      else assert.ok('error' in verdict && verdict.error.includes(theirs.error), JSON.stringify(verdict))
      const rendered = render(template)
      if (ours === undefined) assert.ok('error' in rendered, JSON.stringify(rendered))
      else assert.deepEqual(rendered, { text: ours })
      assert.ok(page.includes(`| ${what} | ${why} |`), `docs/vtl.md must say: | ${what} | ${why} |`)
    })
  }
})

/** Errors of Velocity that come from what `differences` lists: live views, and small numbers that are `Long`s. */
const listed =
  /ConcurrentModificationException|class java\.lang\.(?:Long|Integer) cannot be cast to class java\.lang\.(?:Long|Integer)|Cannot invoke "String\.length\(\)" because "s" is null/

describe('renders generated templates as Velocity does:', () => {
  const kinds = [
    ['by the grammar', (generator: TemplateGenerator) => generator.template(), 3_000],
    ['pieces in any order', (generator: TemplateGenerator) => generator.soup(), 4_000],
  ] as const
  for (const [name, make, count] of kinds) {
    test(`${count} ${name}`, async () => {
      const generator = new TemplateGenerator(seeded(17))
      const templates = Array.from({ length: count }, () => make(generator))
      const expected = await Promise.all(templates.map((template) => velocity.render(template)))
      for (const [index, template] of templates.entries()) {
        const verdict = expected[index]
        if (!verdict || ('error' in verdict && listed.test(verdict.error))) continue
        try {
          assertSame(template, verdict)
        } catch (error) {
          throw new Error(`Template ${index}: ${JSON.stringify(template)}`, { cause: error })
        }
      }
    })
  }
})
