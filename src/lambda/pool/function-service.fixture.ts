import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { strToU8, zipSync } from 'fflate'
import type { FunctionVersion, PublishedFunction } from '../../snapshot/function.ts'
import { functionHandlers } from '../function-handlers.ts'
import { createFunctionService, type FunctionService } from '../function-service.ts'
import type { FunctionSettings } from '../function-settings.ts'
import type { FunctionInvocation } from '../invoker.ts'
import { countMemory } from './neighbours/shared-counts.ts'

export const arnPrefix = 'arn:aws:lambda:us-east-1:123456789012:function:'

/** Files by path; those named `bootstrap`, and those that begin with `#!`, are executable. */
export type Files = Readonly<Record<string, string>>

/** A zip as `zip` would make it on Unix. */
export function zipOf(files: Files): Uint8Array {
  const entries = Object.entries(files).map(([path, text]) => {
    const mode = text.startsWith('#!') ? 0o100755 : 0o100644
    return [path, [strToU8(text), { os: 3, attrs: mode * 65_536 }]] as const
  })
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0])
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * A function service in a folder of its own, with functions made from source text.
 *
 * @param settings With several `threads`, there are as many services: neighbours on the same folder.
 */
export async function startService(settings: Partial<FunctionSettings> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-functions-'))
  const blobs = new Map<string, Uint8Array>()
  const { threads = 1 } = settings
  const complete: FunctionSettings = {
    dataDir,
    threads,
    counts: countMemory(threads, 256),
    maxEnvironments: 30,
    environmentIdleMs: 60_000,
    logBytesPerFunction: 1_048_576,
    endpointUrl: 'http://127.0.0.1:4566',
    remoteFunctions: [],
    ...settings,
  }
  const blob = async (name: string) => {
    const bytes = blobs.get(name)
    if (bytes === undefined) throw new Error(`There is no blob ${name}`)
    return bytes
  }
  const service = await createFunctionService(complete, 0, blob)
  const services = [service]
  for (let thread = 1; thread < threads; thread++) services.push(await createFunctionService(complete, thread, blob))
  const ports = await introduceAll(services)

  function store(files: Files): string {
    const zip = zipOf(files)
    const digest = digestOf(zip)
    blobs.set(`code/${digest}`, zip)
    return digest
  }

  return {
    service,
    services,
    dataDir,
    store,
    /** A version of a function, Node.js unless told otherwise, with its code stored. */
    version(name: string, files: Files, more: Partial<FunctionVersion> = {}): FunctionVersion {
      const codeDigest = store(files)
      return {
        functionArn: arnPrefix + name,
        functionName: name,
        version: '$LATEST',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        role: 'arn:aws:iam::123456789012:role/any',
        codeDigest,
        layers: [],
        environment: {},
        memoryMegabytes: 128,
        timeoutSeconds: 10,
        revisionId: codeDigest,
        ...more,
      }
    },
    publish(versions: readonly FunctionVersion[], more: Partial<PublishedFunction> = {}) {
      const changes = [...Map.groupBy(versions, (version) => version.functionArn)].map(([functionArn, all]) => ({
        functionArn,
        published: {
          functionArn,
          versions: Object.fromEntries(all.map((version) => [version.version, version])),
          aliases: {},
          policies: {},
          ...more,
        },
      }))
      for (const each of services) each.publish(changes)
    },
    invoke: (name: string, event: unknown = {}, more: Partial<FunctionInvocation> = {}) =>
      invoke(service, name, event, more),
    /** The same in the service of the given thread. */
    invokeIn: (thread: number, name: string, event: unknown = {}) =>
      invoke(services[thread] ?? service, name, event, {}),
    /** The lines of a function's log. */
    async log(name: string): Promise<string> {
      await service.flushLogs()
      return readFile(join(dataDir, 'logs', 'lambda', '123456789012', 'us-east-1', `${name}.log`), 'utf8')
    },
    async stop() {
      await Promise.all(services.map((each) => each.drain(0)))
      for (const port of ports) port.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Gives the pools of all services ports to each other. @returns The ports. */
async function introduceAll(services: readonly FunctionService[]): Promise<readonly MessagePort[]> {
  const ports: MessagePort[] = []
  for (const [one, first] of services.entries()) {
    for (const [two, second] of services.entries()) {
      if (two <= one) continue
      const { port1, port2 } = new MessageChannel()
      await functionHandlers(first).meetNeighbour({ thread: two, port: port1 })
      await functionHandlers(second).meetNeighbour({ thread: one, port: port2 })
      ports.push(port1)
    }
  }
  return ports
}

async function invoke(service: FunctionService, name: string, event: unknown, more: Partial<FunctionInvocation>) {
  const payload = JSON.stringify(event)
  const result = await service.invoke({
    functionArn: arnPrefix + name,
    payload,
    invocationType: 'RequestResponse',
    ...more,
  })
  return {
    ...result,
    /** The payload as a value. */
    get value(): unknown {
      return JSON.parse(result.payload)
    },
    /** The log's tail as text. */
    get tail(): string {
      return Buffer.from(result.logResult ?? '', 'base64').toString()
    },
  }
}

/** Ids of the processes that were started for this data folder and still run. */
export async function processesOf(dataDir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
      return environment.includes(`TMPDIR=${dataDir}/run/`) ? [pid] : []
    }),
  )
  return found.flat()
}
