import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/control/free-port.ts'
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

/** The block marked `json config`: what the page's gateway is started with. */
function configurationOf(markdown: string): string | undefined {
  return /^```json config\n([\s\S]*?)^```$/m.exec(markdown)?.[1]
}

/** Ports that a page's own servers listen on: free ones stand for them. */
const serverPorts = [9001, 9002]

async function freePorts(): Promise<Map<number, number>> {
  return new Map(await Promise.all(serverPorts.map(async (port) => [port, await freePort('127.0.0.1', 0)] as const)))
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

/** @returns what a gateway is started with to read this configuration. */
async function argumentsFor(configuration: string | undefined, folder: string): Promise<string[]> {
  if (configuration === undefined) return []
  const file = join(folder, 'gatehouse.json')
  await writeFile(file, configuration)
  return ['--config', file]
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
  const markdown = readFileSync(join(root, file), 'utf8')
  const examples = examplesOf(markdown)
  if (examples.length === 0) continue

  describe(file, () => {
    let gatehouse: Gatehouse
    let outputs: readonly string[]
    let errors: string
    before(async () => {
      const folder = await temporaryFolder()
      const ports = await freePorts()
      const withPorts = (text: string) =>
        [...ports].reduce(
          (replaced, [shown, port]) => replaced.replace(RegExp(`(: ?)${shown}`, 'g'), `$1${port}`),
          text,
        )
      gatehouse = await startGatehouse({ args: await argumentsFor(configurationOf(withPorts(markdown)), folder) })
      const port = Number(new URL(gatehouse.url).port)
      ports.set(4566, port)
      const script = await sessionOf(
        examples.map((example) => ({ ...example, code: withPorts(example.code) })),
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
