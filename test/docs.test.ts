import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Gatehouse, startGatehouse, temporaryFolder } from './gatehouse.ts'
import { run } from './tools.ts'

/** A fenced block marked `sh run` or `python run`, and the `text` block that may follow it. */
interface Example {
  readonly line: number
  readonly language: 'sh' | 'python'
  readonly code: string
  /** Absent: what it prints is not checked. `…` stands for any text within a line. */
  readonly expected: string | undefined
}

function examplesOf(markdown: string): Example[] {
  const fences = [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
  return fences.flatMap(({ 1: info = '', 2: code = '', index }, position) => {
    const language = /^(sh|python) run$/.exec(info)?.[1]
    if (language !== 'sh' && language !== 'python') return []
    const next = fences[position + 1]
    const expected = next?.[1] === 'text' ? next[2] : undefined
    return [{ line: markdown.slice(0, index).split('\n').length, language, code, expected }]
  })
}

/** One shell session in which every example runs in turn; a mark on a line of its own ends what each prints. */
async function sessionOf(examples: readonly Example[], folder: string): Promise<string> {
  const steps = examples.map(async ({ language, code, line }) => {
    if (language === 'sh') return `${code}\n`
    await writeFile(join(folder, `line-${line}.py`), code)
    return `python3 line-${line}.py\n`
  })
  const texts = await Promise.all(steps)
  return `set -eu -o pipefail\n${texts.map((text, index) => `${text}\nprintf '\\n%s\\n' '${mark(index)}'`).join('\n')}\n`
}

function mark(index: number): string {
  return `-- end of example ${index} --`
}

function patternOf(expected: string): RegExp {
  const literal = expected.trimEnd().split('…')
  return new RegExp(`^${literal.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const files = [
  'README.md',
  'examples/README.md',
  ...readdirSync(join(root, 'docs')).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'))

for (const file of files) {
  const examples = examplesOf(readFileSync(join(root, file), 'utf8'))
  if (examples.length === 0) continue

  describe(file, () => {
    let gatehouse: Gatehouse
    let outputs: readonly string[]
    let errors: string
    before(async () => {
      gatehouse = await startGatehouse()
      const folder = await temporaryFolder()
      const port = new URL(gatehouse.url).port
      const script = await sessionOf(
        examples.map((example) => ({ ...example, code: example.code.replaceAll(':4566', `:${port}`) })),
        folder,
      )
      const { stdout, stderr } = await run('bash', ['-c', script], { cwd: folder, timeoutMs: 120_000 })
      outputs = stdout.replaceAll(`:${port}`, ':4566').split(/\n-- end of example \d+ --\n/)
      errors = stderr
      await rm(folder, { recursive: true })
    })
    after(() => gatehouse[Symbol.asyncDispose]())

    for (const [index, { line, expected }] of examples.entries()) {
      test(`the example in line ${line} does what the text says`, () => {
        // The last part is what an example printed before it failed, or nothing.
        assert.ok(index < outputs.length - 1, `${errors}\n${outputs[index] ?? 'An earlier example failed.'}`)
        if (expected !== undefined) assert.match(outputs[index]?.trimEnd() ?? '', patternOf(expected))
      })
    }
  })
}

test('every link within the documentation leads somewhere', () => {
  const broken = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(({ 1: target = '' }) => join(file, '..', target))
      .filter((target) => !existsSync(join(root, target))),
  )
  assert.deepEqual(broken, [])
})
