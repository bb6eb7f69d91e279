import { mkdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FunctionVersion } from '../../snapshot/function.ts'
import { afterPipes } from './after-pipes.ts'
import type { CodeFolders } from './code/code-cache.ts'
import { type EnvironmentProcess, spawnEnvironment } from './environment-process.ts'
import { environmentVariables, type HostSettings } from './environment-variables.ts'
import { exitReason } from './function-error.ts'
import type { EnvironmentLog } from './log/environment-log.ts'
import { makeNamedPipes, type NamedPipe } from './named-pipe.ts'
import type { RuntimeCommand } from './runtime.ts'
import type { RuntimeApi } from './runtime-api/runtime-api.ts'
import type { StraySweeper } from './stray-processes.ts'

/** Output taken from one process between two ticks of the pool; what writes more waits, and harms only itself. */
const maxOutputBytesPerTick = 1_048_576

export interface SandboxOptions {
  readonly version: FunctionVersion
  readonly code: CodeFolders
  readonly runtime: RuntimeCommand
  readonly log: EnvironmentLog
  readonly api: RuntimeApi
  readonly host: HostSettings
  /** The folder that holds the scratch folders of all environments. */
  readonly scratchParent: string
  readonly setpriv: string | undefined
  readonly strays: StraySweeper
  /** The process ended without being asked to. @param reason Lambda's words for it. */
  onExit(reason: string): void
}

/** Starts a runtime's process with its Runtime API and its scratch folder. */
export async function launchSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { version, code, runtime, log, api, host, setpriv, strays, onExit } = options
  const scratch = join(options.scratchParent, log.stream.slice(-32))
  await mkdir(scratch, { recursive: true })
  const server = await listen(api)
  const identity = { logStream: log.stream, runtimeApi: addressOf(server), scratch }
  const environment = environmentVariables(version, code, identity, host)
  try {
    // Our own runtimes do not need them, and start faster without.
    const pipes = runtime.speaksOverDescriptors ? undefined : await outputPipes(scratch)
    const spawn: Spawn = (events) =>
      spawnEnvironment({ runtime, workingFolder: code.taskRoot, environment, setpriv, pipes, ...events })
    return new Sandbox({ server, scratch, log, strays, onExit }, spawn, api)
  } catch (error) {
    server.close()
    await remove(scratch)
    throw error
  }
}

interface SandboxParts {
  readonly server: Server
  readonly scratch: string
  readonly log: EnvironmentLog
  readonly strays: StraySweeper
  readonly onExit: (reason: string) => void
}

type Spawn = (events: {
  onExit(exitCode: number | null, signal: NodeJS.Signals | null): void
  onError(error: Error): void
}) => EnvironmentProcess

/** A runtime's process with all that belongs to it. */
export class Sandbox {
  readonly #parts: SandboxParts
  readonly #api: RuntimeApi
  readonly #process: EnvironmentProcess
  #outputBytes = 0
  #wroteOutput = false
  #ended = false

  constructor(parts: SandboxParts, spawn: Spawn, api: RuntimeApi) {
    this.#parts = parts
    this.#api = api
    this.#process = spawn({
      onExit: (exitCode, signal) => this.#exited(exitReason(exitCode, signal)),
      onError: (error) => this.#exited(`Runtime exited with error: ${error.message}`),
    })
    if (this.#process.channel !== undefined) api.accept(this.#process.channel)
    this.#read('stdout', this.#process.stdout)
    this.#read('stderr', this.#process.stderr)
  }

  /** Whether the process has ever written output. */
  get wroteOutput(): boolean {
    return this.#wroteOutput
  }

  /** Output waits for the next tick. */
  get isHeldBack(): boolean {
    return this.#outputBytes > maxOutputBytesPerTick
  }

  /** Lets a process that wrote too much write again. */
  tick(): void {
    if (this.isHeldBack) {
      this.#process.stdout.resume()
      this.#process.stderr.resume()
    }
    this.#outputBytes = 0
  }

  memory(): ReturnType<EnvironmentProcess['memory']> {
    return this.#process.memory()
  }

  /** Kills the process; its exit is reported as if it had ended by itself. */
  kill(): void {
    this.#process.kill()
  }

  /** Ends the process and everything that it has started, and removes its scratch folder. */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const { server, scratch, strays } = this.#parts
    this.#process.kill()
    this.#api.close()
    server.close()
    await strays.end(`TMPDIR=${scratch}`)
    await remove(scratch)
  }

  #read(from: 'stdout' | 'stderr', stream: Readable): void {
    stream.on('error', () => {})
    stream.on('data', (bytes: Buffer) => {
      this.#wroteOutput = true
      this.#outputBytes += bytes.length
      this.#parts.log.output(from, bytes)
      if (this.isHeldBack) {
        this.#process.stdout.pause()
        this.#process.stderr.pause()
      }
    })
  }

  #exited(reason: string): void {
    // What it started is ended with it, as on Lambda; what it had written and answered is read first.
    this.#process.kill()
    afterPipes(() => {
      if (!this.#ended) this.#parts.onExit(reason)
    })
  }
}

async function outputPipes(folder: string): Promise<{ stdout: NamedPipe; stderr: NamedPipe } | undefined> {
  try {
    const [stdout, stderr] = await makeNamedPipes([join(folder, '.stdout'), join(folder, '.stderr')])
    return stdout && stderr && { stdout, stderr }
  } catch {
    // A machine without `mkfifo`: sockets do for all but scripts that open /dev/stderr.
    return undefined
  }
}

/** A folder that cannot be removed is left to the next start, which removes them all. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}

async function listen(api: RuntimeApi): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => api.accept({ toRuntime: socket, fromRuntime: socket }))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return server
}

function addressOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The Runtime API does not listen')
  return `127.0.0.1:${address.port}`
}
