import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Gatehouse, startGatehouse } from './gatehouse.ts'
import { run, toolEnvironment } from './tools.ts'

/** Runs a script of `examples/` as its reader would. @returns the lines that it prints. */
async function example(gatehouse: Gatehouse, path: string): Promise<string[]> {
  const file = fileURLToPath(new URL(`../examples/${path}`, import.meta.url))
  const env = { ...toolEnvironment(), GATEHOUSE_URL: gatehouse.url }
  const { status, stdout, stderr } = await run(file, [], { env })
  assert.equal(status, 0, stderr)
  return stdout.trimEnd().split('\n')
}

describe('examples', () => {
  let gatehouse: Gatehouse
  before(async () => {
    gatehouse = await startGatehouse()
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  for (const round of ['first', 'second']) {
    test(`cli/items.sh gets the function's answer in its ${round} run`, async () => {
      const lines = await example(gatehouse, 'cli/items.sh')
      assert.deepEqual(lines, ['{"items":["book","pen"],"path":"/items"}'])
    })
  }

  test('boto3/hello.py gets the answer of a Python function and lists every API', async () => {
    const [answer, ...apis] = await example(gatehouse, 'boto3/hello.py')
    assert.equal(answer, '{"message": "Hello, Ada!"}')
    assert.deepEqual(apis.map((line) => line.replace(/ [a-z0-9]{10}$/, '')).sort(), ['hello', 'items', 'items'])
  })

  test('cli/proxy-and-mock.sh reaches a web server through the gateway, and a mock without one', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/proxy-and-mock.sh'), [
      '{"method":"GET","url":"/catalogue/books/42?page=2"}',
      '{"method":"DELETE","url":"/catalogue/books/42"}',
      '{"status": "ok"}',
    ])
  })
})
