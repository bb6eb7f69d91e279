import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { debianJars, startJava } from '../../../test/java-oracle.ts'
import { compilePath } from '../json-path.ts'
import { ownAnswer, plainAnswer } from './answer.ts'
import { differences, isListFault } from './differences.ts'
import { documents } from './documents.ts'
import { generatePaths } from './generate.ts'
import { newerThan200 } from './newer-versions.ts'

const seed = 20_261_121

/** A path, the document or its name, and what Jayway answered. */
function recorded(file: string): [path: string, document: string, answer: string][] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [path = '', document = '', ...answer] = line.split('\t')
      return [path, documents[document] ?? document, answer.join('\t')]
    })
}

const records = recorded('jayway-2.10.0.tsv')

describe('answers as Jayway 2.10.0 did', () => {
  const listed = new Set(differences.flatMap(({ paths }) => paths.map(([path, document]) => `${path}\t${document}`)))

  test(`to ${records.length} paths, hand-written and generated`, () => {
    assert.ok(records.length > 2_000)
    let answered = 0
    for (const [path, document, answer] of records) {
      if (listed.has(`${path}\t${document}`) || isListFault(path, answer)) continue
      assert.equal(ownAnswer(path, document), plainAnswer(answer, path), `${path} of ${document}`)
      answered += 1
    }
    assert.ok(answered > 1_900, `${answered} are comparable`)
  })

  for (const { why, paths } of differences) {
    test(`but: ${why}`, () => {
      for (const [path, document, answer] of paths) {
        const record = records.find((record) => record[0] === path && record[1] === document)
        assert.ok(record, `${path} is not recorded`)
        assert.notEqual(record[2], answer)
        assert.equal(ownAnswer(path, document), answer, path)
      }
    })
  }
})

describe('answers as the installed Jayway 2.0.0 does', () => {
  const jars = debianJars('json-path', 'json-smart', 'accessors-smart', 'asm', 'slf4j-api', 'slf4j-nop')
  const oracle = startJava(new URL('PathOracle.java', import.meta.url).pathname, jars)
  after(() => oracle.stop())

  // Where one of several values has not what the path goes on with, it throws; newer versions leave the value out.
  test('to 3,000 generated paths of the kinds that it reads well', async () => {
    const cases = generatePaths(seed, 3_000, 'old').map(
      ({ path, document }) => [path, documents[document] ?? ''] as const,
    )
    const answers = await Promise.all(cases.map(([path, document]) => oracle.ask(`${path}\t${document}`)))
    let found = 0
    for (const [at, [path, document]] of cases.entries()) {
      const answer = answers[at] ?? ''
      if (answer === 'error' || (answer === 'missing' && !compilePath(path).definite)) continue
      assert.equal(ownAnswer(path, document), plainAnswer(answer, path), `${path} of ${document}`)
      if (answer.includes('\t')) found += 1
    }
    assert.ok(found > 1_000, `${found} found something`)
  })

  for (const { what, path, document, before } of newerThan200) {
    test(`but for ${what}, as newer versions`, async () => {
      assert.equal(await oracle.ask(`${path}\t${document}`), before)
      const now = records.find((record) => record[0] === path && record[1] === document)?.[2] ?? 'not recorded'
      assert.equal(ownAnswer(path, document), plainAnswer(now, path))
      assert.notEqual(ownAnswer(path, document), before)
    })
  }
})
