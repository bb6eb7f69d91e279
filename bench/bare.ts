import { fileURLToPath } from 'node:url'
import { type Answer, freePort, type Server, serve } from './program.ts'

/** A bare `node:http` server that answers with `answer`'s very headers and body. */
export function startBareHttp(answer: Answer, path: string, threads: number): Promise<Server> {
  // Node adds these two itself, with the value of the moment.
  const rawHeaders = withoutHeaders(answer.rawHeaders, /^(date|connection|keep-alive)$/i)
  return startBare('http', path, threads, { BARE_ANSWER: JSON.stringify({ rawHeaders, body: answer.body }) })
}

/** A bare Node proxy of `backend`. */
export function startBareProxy(backend: Server, path: string, threads: number): Promise<Server> {
  return startBare('proxy', path, threads, { BARE_BACKEND: new URL(backend.url).origin })
}

async function startBare(
  name: string,
  path: string,
  threads: number,
  settings: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort()
  const command = {
    file: process.execPath,
    args: [fileURLToPath(new URL(`./bare/${name}.ts`, import.meta.url))],
    env: { ...settings, BARE_PORT: String(port), BARE_THREADS: String(threads) },
  }
  return serve(command, { url: `http://127.0.0.1:${port}${path}`, headers: {} })
}

function withoutHeaders(rawHeaders: readonly string[], names: RegExp): string[] {
  return rawHeaders.filter((_, index) => !names.test(rawHeaders[index - (index % 2)] ?? ''))
}
