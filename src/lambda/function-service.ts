import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FunctionChange } from '../snapshot/function.ts'
import type { FunctionStream } from './function-stream.ts'
import type { FunctionInvocation, FunctionInvoker, FunctionResult } from './invoker.ts'
import { createCodeCache } from './pool/code/code-cache.ts'
import { EnvironmentPool } from './pool/environment-pool.ts'
import { LocalInvoker } from './pool/local-invoker.ts'
import { createFileLogSink } from './pool/log/file-log-sink.ts'
import { FunctionRegistry } from './pool/registry.ts'
import { createRuntimeFinder, findExecutable } from './pool/runtime.ts'
import { createStraySweeper, type StraySweeper } from './pool/stray-processes.ts'
import { createRemoteInvokers } from './remote/remote-functions.ts'
import type { FunctionThreadSettings } from './thread-settings.ts'

/** Code that no function uses any more is removed this long after a change, in milliseconds. */
const cleanAfterMs = 60_000

export interface FunctionService extends FunctionInvoker {
  /** New invocations see the changes when this returns; environments of older revisions end when they are idle. */
  publish(changes: readonly FunctionChange[]): void
  /**
   * Refuses new invocations, lets running ones finish, and ends every process.
   *
   * @param deadlineMs Longest wait for running invocations in milliseconds; what then still runs is cut off.
   */
  drain(deadlineMs: number): Promise<void>
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
 * Everything that runs functions: the registry, the pool, the code on disk, the logs, and the functions that run elsewhere.
 *
 * @param blob Loads stored code: `code/{digest}`.
 */
export async function createFunctionService(
  settings: FunctionThreadSettings,
  blob: (name: string) => Promise<Uint8Array>,
): Promise<FunctionService> {
  const dataDir = resolve(settings.dataDir)
  const scratchParent = join(dataDir, 'run')
  const codeFolder = join(dataDir, 'cache', 'code')
  const strays = createStraySweeper()
  await endLeftovers(scratchParent, strays)

  const path = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
  const logs = createFileLogSink(join(dataDir, 'logs', 'lambda'), settings.logBytesPerFunction)
  const registry = new FunctionRegistry()
  const code = createCodeCache(codeFolder, blob)
  const pool = new EnvironmentPool({
    maxEnvironments: settings.maxEnvironments,
    environmentIdleMs: settings.environmentIdleMs,
    ...(settings.maxInitMs !== undefined && { maxInitMs: settings.maxInitMs }),
    code,
    logs,
    runtimes: createRuntimeFinder(path),
    host: { endpointUrl: settings.endpointUrl, path, lang: process.env['LANG'] ?? 'en_US.UTF-8' },
    scratchParent,
    setpriv: process.platform === 'linux' ? findExecutable('setpriv', path) : undefined,
    strays,
  })
  const local = new LocalInvoker(registry, pool)
  const remote = await createRemoteInvokers(settings.remoteFunctions)
  let cleaning: NodeJS.Timeout | undefined

  function cleanCode(): void {
    cleaning = undefined
    code.keepOnly([...registry.versions(), ...pool.versions()]).catch(() => {
      // What could not be removed is tried again after the next change.
    })
  }

  return {
    invoke(invocation: FunctionInvocation, stream?: FunctionStream): Promise<FunctionResult> {
      return (remote.find(invocation.functionArn) ?? local).invoke(invocation, stream)
    },
    publish(changes) {
      registry.publish(changes)
      pool.retire((version) => registry.isCurrent(version))
      cleaning ??= setTimeout(cleanCode, cleanAfterMs).unref()
    },
    async drain(deadlineMs) {
      clearTimeout(cleaning)
      await Promise.race([local.drain(), delay(deadlineMs)])
      await pool.end()
      await logs.flush()
      await remote.close()
    },
    flushLogs: () => logs.flush(),
    stats: () => ({ ...pool.counts, inFlight: local.inFlight }),
  }
}

/** Ends what a gateway that crashed on the same data folder has left behind. */
async function endLeftovers(scratchParent: string, strays: StraySweeper): Promise<void> {
  await strays.end(`TMPDIR=${scratchParent}/`)
  await rm(scratchParent, { recursive: true, force: true })
  await mkdir(scratchParent, { recursive: true })
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
