import { mkdir, readdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { FunctionChange } from '../snapshot/function.ts'
import type { FunctionSettings } from './function-settings.ts'
import type { FunctionStream } from './function-stream.ts'
import type { FunctionInvocation, FunctionInvoker, FunctionResult } from './invoker.ts'
import { codeFolderOf, codeFoldersOf, createCodeCache } from './pool/code/code-cache.ts'
import { EnvironmentPool } from './pool/environment-pool.ts'
import { LocalInvoker } from './pool/local-invoker.ts'
import { createFileLogSink } from './pool/log/file-log-sink.ts'
import { type Lender, Neighbours } from './pool/neighbours/neighbours.ts'
import { SharedCounts } from './pool/neighbours/shared-counts.ts'
import { FunctionRegistry } from './pool/registry.ts'
import { createRuntimeFinder, findExecutable } from './pool/runtime.ts'
import { createStraySweeper, type StraySweeper } from './pool/stray-processes.ts'
import { createRemoteInvokers } from './remote/remote-functions.ts'

export interface FunctionService extends FunctionInvoker {
  /** New invocations see the changes when this returns; environments of older revisions end when they are idle. */
  publish(changes: readonly FunctionChange[]): void
  /**
   * Refuses new invocations, lets running ones finish, and ends every process.
   *
   * @param deadlineMs Longest wait for running invocations in milliseconds; what then still runs is cut off.
   */
  drain(deadlineMs: number): Promise<void>
  /** The names of the code folders that functions and environments use. */
  codeInUse(): readonly string[]
  /** The pools of the other threads. */
  readonly neighbours: Neighbours
  /** What this thread does for them. */
  readonly lender: Lender
  /** Resolves when all log lines so far are in the files. */
  flushLogs(): Promise<void>
  stats(): FunctionStats
}

export interface FunctionStats {
  readonly environments: number
  readonly coldStarts: number
  /** Invocations that run now. */
  readonly inFlight: number
}

/**
 * Everything that runs functions in one thread: the registry, the pool, the code on disk, the logs, and the functions that
 * run elsewhere.
 *
 * @param thread Which of the data threads it is: 0, 1, …
 * @param blob Loads stored code: `code/{digest}`.
 */
export async function createFunctionService(
  settings: FunctionSettings,
  thread: number,
  blob: (name: string) => Promise<Uint8Array>,
): Promise<FunctionService> {
  const dataDir = resolve(settings.dataDir)
  const { threads } = settings
  const strays = createStraySweeper()
  await endLeftovers(join(dataDir, 'run'), { threads, thread }, strays)
  const scratchParent = join(dataDir, 'run', String(thread))
  await mkdir(scratchParent, { recursive: true })

  const counts = new SharedCounts(settings.counts, { threads, thread })
  const neighbours = new Neighbours()
  const path = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
  const logFolder = join(dataDir, 'logs', 'lambda')
  const logs = createFileLogSink({ folder: logFolder, bytesPerFunction: settings.logBytesPerFunction, counts })
  const registry = new FunctionRegistry()
  const code = createCodeCache(codeFolderOf(dataDir), scratchParent, blob)
  const pool = new EnvironmentPool({
    maxEnvironments: settings.maxEnvironments,
    enoughBusy: Math.ceil(availableParallelism() / threads),
    environmentIdleMs: settings.environmentIdleMs,
    ...(settings.maxInitMs !== undefined && { maxInitMs: settings.maxInitMs }),
    code,
    logs,
    runtimes: createRuntimeFinder(path),
    host: { endpointUrl: settings.endpointUrl, path, lang: process.env['LANG'] ?? 'en_US.UTF-8' },
    scratchParent,
    setpriv: process.platform === 'linux' ? findExecutable('setpriv', path) : undefined,
    strays,
    counts,
    neighbours,
  })
  const local = new LocalInvoker(registry, pool, counts)
  const remote = await createRemoteInvokers(settings.remoteFunctions)

  return {
    invoke(invocation: FunctionInvocation, stream?: FunctionStream): Promise<FunctionResult> {
      return (remote.find(invocation.functionArn) ?? local).invoke(invocation, stream)
    },
    publish(changes) {
      registry.publish(changes)
      pool.retire((version) => registry.isCurrent(version))
    },
    async drain(deadlineMs) {
      await Promise.race([local.drain(), delay(deadlineMs)])
      await pool.end()
      await logs.flush()
      await remote.close()
    },
    codeInUse: () => [...registry.versions(), ...pool.versions()].flatMap(codeFoldersOf),
    neighbours,
    lender: { runLent: (loan, stream) => local.runLent(loan, stream), makeRoom: () => pool.makeRoom() },
    flushLogs: () => logs.flush(),
    stats: () => ({ ...pool.counts, inFlight: local.inFlight }),
  }
}

/**
 * Ends what a thread with this number has left behind when it broke down, and thread 0 also what a gateway with more
 * threads has.
 */
async function endLeftovers(
  folder: string,
  { threads, thread }: { readonly threads: number; readonly thread: number },
  strays: StraySweeper,
): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const ownerOf = (name: string) => (Number(name) < threads ? Number(name) : 0)
  const own = names.filter((name) => ownerOf(name) === thread).map((name) => join(folder, name))
  const contents = await Promise.all(own.map((path) => readdir(path).catch(() => [''])))
  // To look for processes takes its time: not where a gateway has ended in good order.
  const left = own.filter((_, index) => contents[index]?.length !== 0)
  await Promise.all(left.map((path) => strays.end(`TMPDIR=${path}/`)))
  await Promise.all(left.map((path) => rm(path, { recursive: true, force: true })))
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
