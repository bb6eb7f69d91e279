import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { toolEnvironment } from './tools.ts'

export const executable = fileURLToPath(new URL('../bin/gatehouse.js', import.meta.url))

/** A running gateway in a process of its own. Disposing ends it and deletes its data, unless the caller owns the folder. */
export interface Gatehouse extends AsyncDisposable {
  /** `http://127.0.0.1:{port}`. */
  readonly url: string
  readonly pid: number
  /**
   * Sends the signal and waits for the end.
   * @returns the exit code, or the signal that ended it.
   */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

export interface StartOptions {
  /** Kept on disposal. Default: a new folder that is deleted. */
  readonly dataDir?: string
  /** Further arguments of `gatehouse start`. */
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Told whatever it prints, its log among it. */
  readonly onOutput?: (text: string) => void
}

/** Starts a gateway on a free port and waits until it serves. */
export async function startGatehouse({
  dataDir,
  args = [],
  env = {},
  onOutput,
}: StartOptions = {}): Promise<Gatehouse> {
  const folder = dataDir ?? (await temporaryFolder())
  const child = spawn(
    process.execPath,
    [executable, 'start', '--port', '0', '--data-dir', folder, '--workers', '2', ...args],
    { env: { ...toolEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = endOf(child)
  if (onOutput) for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => onOutput(`${text}`))

  async function stop(signal: NodeJS.Signals = 'SIGTERM') {
    child.kill(signal)
    return ended
  }

  return {
    url: await readyUrl(child),
    pid: child.pid ?? 0,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gatehouse-test-'))
}

/** @returns the exit code, or the signal that ended the process. */
export function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code ?? 1)))
}

/**
 * Waits for the line that says where the gateway listens.
 * @throws what it printed instead, when it ends without that line.
 */
export async function readyUrl(child: ChildProcess): Promise<string> {
  let output = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  if (!child.stdout) throw new Error('The output must be a pipe')
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      output += `${line}\n`
      const url = /^Gatehouse .*listening on (http:\/\/\S+)/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.on('close', () => reject(new Error(`The gateway ended before it listened:\n${output}`)))
  })
}
