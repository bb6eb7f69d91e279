import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { NamedPipe } from './named-pipe.ts'
import type { RuntimeCommand } from './runtime.ts'
import type { RuntimeChannel } from './runtime-api/connection.ts'

/** A runtime's process, the head of its own process group. */
export interface EnvironmentProcess {
  readonly stdout: Readable
  readonly stderr: Readable
  /** The gateway's ends of what a runtime that speaks over descriptors reads and writes. */
  readonly channel: RuntimeChannel | undefined
  /** Ends the process and everything that it has started in its group, at once. */
  kill(): void
  /** Present and highest resident memory in kilobytes; `undefined` when the system does not tell or the process is gone. */
  memory(): { readonly presentKilobytes: number; readonly highestKilobytes: number } | undefined
}

export interface SpawnOptions {
  readonly runtime: RuntimeCommand
  readonly workingFolder: string
  readonly environment: Record<string, string>
  /** Path of `setpriv` where there is one: the process then ends with the gateway, however that ends. */
  readonly setpriv: string | undefined
  /** For standard output and error, instead of the sockets that Node makes. */
  readonly pipes: { readonly stdout: NamedPipe; readonly stderr: NamedPipe } | undefined
  onExit(exitCode: number | null, signal: NodeJS.Signals | null): void
  /** It could not be started. */
  onError(error: Error): void
}

export function spawnEnvironment({ runtime, setpriv, pipes, ...options }: SpawnOptions): EnvironmentProcess {
  const wrapped = setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--']
  const [command = runtime.command, ...args] = [...wrapped, runtime.command, ...runtime.args]
  const output = [pipes?.stdout.writer ?? 'pipe', pipes?.stderr.writer ?? 'pipe'] as const
  const child = spawn(command, args, {
    cwd: options.workingFolder,
    env: options.environment,
    detached: true,
    stdio: runtime.speaksOverDescriptors ? ['ignore', ...output, 'pipe', 'pipe'] : ['ignore', ...output],
  })
  pipes?.stdout.handedOver()
  pipes?.stderr.handedOver()
  child.on('exit', (exitCode, signal) => options.onExit(exitCode, signal))
  child.on('error', (error) => options.onError(error))
  const stdout = pipes?.stdout.reader ?? child.stdout
  const stderr = pipes?.stderr.reader ?? child.stderr
  if (stdout === null || stderr === null) throw new Error('A process was started without its pipes')
  return {
    stdout,
    stderr,
    channel: channelOf(child),
    kill: () => killGroup(child),
    memory: () => (child.pid === undefined ? undefined : readMemory(child.pid)),
  }
}

function channelOf({ stdio }: ChildProcess): RuntimeChannel | undefined {
  const [, , , toRuntime, fromRuntime] = stdio
  return toRuntime instanceof Socket && fromRuntime instanceof Socket ? { toRuntime, fromRuntime } : undefined
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}

function readMemory(pid: number) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const highest = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    const present = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]
    if (highest === undefined || present === undefined) return undefined
    return { presentKilobytes: Number(present), highestKilobytes: Number(highest) }
  } catch {
    return undefined
  }
}
