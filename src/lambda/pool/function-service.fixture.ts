import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { FunctionVersion, PublishedFunction } from '../../snapshot/function.ts'
import { createFunctionService, type FunctionService } from '../function-service.ts'
import type { FunctionInvocation } from '../invoker.ts'
import type { FunctionThreadSettings } from '../thread-settings.ts'

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

/** A function service in a folder of its own, with functions made from source text. */
export async function startService(settings: Partial<FunctionThreadSettings> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-functions-'))
  const blobs = new Map<string, Uint8Array>()
  const service = await createFunctionService(
    {
      dataDir,
      maxEnvironments: 30,
      environmentIdleMs: 60_000,
      logBytesPerFunction: 1_048_576,
      endpointUrl: 'http://127.0.0.1:4566',
      remoteFunctions: [],
      ...settings,
    },
    async (name) => {
      const blob = blobs.get(name)
      if (blob === undefined) throw new Error(`There is no blob ${name}`)
      return blob
    },
  )

  function store(files: Files): string {
    const zip = zipOf(files)
    const digest = digestOf(zip)
    blobs.set(`code/${digest}`, zip)
    return digest
  }

  return {
    service,
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
      service.publish(
        [...Map.groupBy(versions, (version) => version.functionArn)].map(([functionArn, all]) => ({
          functionArn,
          published: {
            functionArn,
            versions: Object.fromEntries(all.map((version) => [version.version, version])),
            aliases: {},
            policies: {},
            ...more,
          },
        })),
      )
    },
    invoke: (name: string, event: unknown = {}, more: Partial<FunctionInvocation> = {}) =>
      invoke(service, name, event, more),
    /** The lines of a function's log. */
    async log(name: string): Promise<string> {
      await service.flushLogs()
      return readFile(join(dataDir, 'logs', 'lambda', '123456789012', 'us-east-1', `${name}.log`), 'utf8')
    },
    async stop() {
      await service.drain(0)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
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
