import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../control/free-port.ts'

/** A Redis of a test's own, which keeps nothing. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Ends it at once, with all that it holds. */
  kill(): Promise<void>
  /** Starts it again on its port, empty. */
  restart(): Promise<void>
}

/** Starts a Redis on a free port. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort('127.0.0.1', 0)
  let server = await startServer(port)

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      await kill()
      server = await startServer(port)
    },
    [Symbol.asyncDispose]: kill,
  }
}

async function startServer(port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const text of server.stdout ?? []) {
    if (String(text).includes('Ready to accept connections')) break
  }
  server.stdout?.resume()
  return server
}
