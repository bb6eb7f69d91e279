import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endOf, temporaryFolder } from './gatehouse.ts'
import { run, toolEnvironment } from './tools.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('npm start', () => {
  test('offers a sample API, prints lines that work, and keeps the API over a restart', async () => {
    const dataDir = await temporaryFolder()
    const first = await startSample(['npm', 'start', '--'], dataDir)
    const { url } = first

    const pets = await fetch(url)
    const names = ((await pets.json()) as { name: string }[]).map(({ name }) => name)
    assert.deepEqual([pets.status, names], [200, ['Bella', 'Tiger', 'Wanda']])
    for (const [path, expected] of [
      ['/pets/2', '{"id":2,"name":"Tiger","type":"cat","price":124.99}'],
      ['/pets/2/name', '{"name": "Tiger"}'],
      ['/pets/9', '{"message":"No such pet"}'],
      ['/health', '{"status":"ok"}'],
    ] as const) {
      assert.equal(await (await fetch(url.replace(/\/pets$/, path))).text(), expected, path)
    }
    const pet = JSON.stringify({ name: 'Rex', type: 'dog', price: 99 })
    const created = await fetch(url, { method: 'POST', body: pet })
    assert.deepEqual([created.status, await created.text()], [201, `{"pet":${pet},"message":"success"}`])
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 400)

    for (const line of [first.curl, first.aws]) {
      const { status, stdout, stderr } = await run('bash', ['-c', line])
      assert.equal(status, 0, stderr)
      assert.match(stdout, /Bella|"name": "pets"/)
    }
    // The gateway's end closes the output that npm's end alone leaves open.
    await first.stop('SIGTERM')

    const second = await startSample([process.execPath, 'scripts/start.ts'], dataDir)
    assert.equal(new URL(second.url).pathname, new URL(url).pathname, 'the same API')
    const { stdout } = await run('bash', ['-c', second.aws])
    assert.equal(JSON.parse(stdout).items.length, 1)
    assert.equal(await second.stop('SIGINT'), 0)
    await rm(dataDir, { recursive: true })
  })
})

interface Sample {
  /** The printed command lines, and the address in the first. */
  readonly curl: string
  readonly aws: string
  readonly url: string
  /** @returns the exit code, or the signal that ended the command. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

/** Runs the command with a free port, and reads what it prints until the sample is there. */
async function startSample([file, ...args]: readonly [string, ...string[]], dataDir: string): Promise<Sample> {
  const child = spawn(file, [...args, '--port', '0', '--data-dir', dataDir], {
    cwd: root,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = endOf(child)
  const printed: { curl?: string; aws?: string } = {}
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('  curl ')) printed.curl = line.trim()
    if (line.includes(' aws apigateway get-rest-apis ')) printed.aws = line.trim()
    if (printed.aws !== undefined) break
  }
  child.stdout.resume()
  const { curl = '', aws = '' } = printed
  assert.notEqual(aws, '', 'the command ended too early')
  return {
    curl,
    aws,
    url: curl.replace(/^curl /, ''),
    stop(signal) {
      child.kill(signal)
      return ended
    },
  }
}
