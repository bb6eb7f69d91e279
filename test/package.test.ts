import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { clientsOf, createApi, createFunction, deploy, invokeUrl, permit, putProxy } from './api.ts'
import { endOf, readyUrl, temporaryFolder } from './gatehouse.ts'
import { run } from './tools.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the package', () => {
  test('starts with npx gatehouse start in an empty folder, and serves', async () => {
    const folder = await temporaryFolder()
    await succeeds('node', ['scripts/build.ts'], root)
    await succeeds('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
    const [archive = ''] = await readdir(folder)
    assert.match(archive, /^gatehouse-.*\.tgz$/)
    await writeFile(join(folder, 'package.json'), '{"private": true}')
    const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
    await succeeds('npm', ['install', ...flags, join(folder, archive)], folder)

    const args = ['gatehouse', 'start', '--port', '0', '--data-dir', join(folder, 'data')]
    // A group of its own, so that the signal below reaches the gateway behind npx as Ctrl-C in a terminal does.
    const child = spawn('npx', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const ended = endOf(child)
    const clients = clientsOf(await readyUrl(child))

    const functionArn = await createFunction(
      clients,
      'packed',
      `export const handler = async () => ({ body: 'unpacked' })`,
    )
    const { restApiId, rootId: resourceId } = await createApi(clients, 'packed')
    await putProxy(clients, { restApiId, resourceId }, { functionArn })
    await permit(clients, functionArn, restApiId)
    await deploy(clients, restApiId)
    assert.equal(await (await fetch(invokeUrl(clients, restApiId))).text(), 'unpacked')
    await succeeds('npx', ['gatehouse', 'status', '--port', new URL(clients.url).port], folder)

    // npx ends by the signal itself; its output is closed when the gateway behind it has ended, too.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
    await ended
    await rm(folder, { recursive: true })
  })
})

async function succeeds(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { status, stderr } = await run(file, args, { cwd, timeoutMs: 240_000 })
  assert.equal(status, 0, stderr)
}
