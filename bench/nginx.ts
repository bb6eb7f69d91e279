import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type Server, serve } from './program.ts'

/** nginx with a fixed answer: the backend that all proxies forward to. */
export function startBackend(): Promise<Server> {
  return startNginx('nginx-backend.conf', '/', {})
}

/** nginx as a reverse proxy of `backend`. */
export function startNginxProxy(backend: Server, path: string, workers: number): Promise<Server> {
  return startNginx('nginx-proxy.conf', path, { BACKEND_PORT: new URL(backend.url).port, WORKERS: String(workers) })
}

async function startNginx(conf: string, path: string, settings: Readonly<Record<string, string>>): Promise<Server> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-nginx-'))
  const template = await readFile(new URL(`./peers/${conf}`, import.meta.url), 'utf8')
  const values: Readonly<Record<string, string>> = { ...settings, PORT: String(port), FOLDER: folder }
  const file = join(folder, conf)
  await writeFile(
    file,
    template.replace(/@(\w+)@/g, (_, name: string) => values[name] ?? ''),
  )
  const command = { file: 'nginx', args: ['-p', folder, '-c', file, '-e', 'stderr'] }
  return serve(command, { url: `http://127.0.0.1:${port}${path}`, headers: {} })
}
