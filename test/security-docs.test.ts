import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = dirname(import.meta.dirname)
const page = readFileSync(fileURLToPath(new URL('../docs/security.md', import.meta.url)), 'utf8')

/** The cells of the page's tables, without their heads. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Setting|---)/.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split('|')
      .map((cell) => cell.trim()),
  )

describe('docs/security.md', () => {
  test('has a row for every way of access control', () => {
    for (const name of [
      'AWS_IAM',
      'CUSTOM',
      'COGNITO_USER_POOLS',
      'apiKeyRequired',
      'PRIVATE',
      '--iam enforce',
      'quota',
    ]) {
      assert.ok(
        rows.some(([setting = '']) => setting.includes(`\`${name}\``)),
        name,
      )
    }
  })

  for (const [setting = '', refuses = '', proof = '', ...more] of rows) {
    test(`names tests that there are: ${setting} – ${refuses}`, () => {
      assert.deepEqual(more, [], 'three columns')
      const patterns = [...proof.matchAll(/`([^`]+)`/g)].map(([, pattern = '']) => pattern)
      assert.ok(patterns.length > 0, 'a row without a test')
      const texts = patterns.flatMap((pattern) => {
        const files = globSync(pattern, { cwd: root })
        assert.ok(files.length > 0, `${pattern} is no file`)
        return files.map((file) => readFileSync(`${root}/${file}`, 'utf8'))
      })
      for (const text of texts) assert.match(text, /\btest\(/)
      for (const [, name = ''] of proof.matchAll(/\*([^*`]+)\*/g)) {
        assert.ok(
          texts.some((text) => text.includes(name.trim())),
          `No test is named ${name}`,
        )
      }
    })
  }
})
