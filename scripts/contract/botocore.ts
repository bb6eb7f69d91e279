import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The parts of botocore's `service-2.json` that the contract takes. */
export interface BotocoreModel {
  /** Of the botocore package that the model came with. */
  readonly version: string
  readonly metadata: {
    readonly apiVersion: string
    readonly endpointPrefix: string
    readonly signingName?: string
    readonly targetPrefix?: string
    readonly protocol: string
    readonly protocols?: readonly string[]
    readonly jsonVersion?: string
    readonly xmlNamespace?: string
  }
  readonly operations: Readonly<Record<string, BotocoreOperation>>
  readonly shapes: Readonly<Record<string, BotocoreShape>>
}

export interface BotocoreOperation {
  readonly input?: { readonly shape: string }
  readonly output?: { readonly shape: string }
  readonly errors?: readonly { readonly shape: string }[]
}

export interface BotocoreShape {
  readonly type: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly members?: Readonly<Record<string, BotocoreReference>>
  readonly member?: BotocoreReference
  readonly key?: BotocoreReference
  readonly value?: BotocoreReference
}

export interface BotocoreReference {
  readonly shape: string
  readonly enum?: readonly string[]
}

/** Reads a service's newest model from botocore's `data` folder, compressed or not. */
export function readBotocore(data: string, service: string): BotocoreModel {
  const newest = readdirSync(join(data, service)).toSorted().at(-1)
  if (newest === undefined) throw new Error(`botocore has no model of ${service} in ${data}`)
  const file = join(data, service, newest, 'service-2.json')
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`))
  return { ...JSON.parse(text.toString()), version: packageVersion(data) }
}

function packageVersion(data: string): string {
  const [, version] = /__version__ = '([^']+)'/.exec(readFileSync(join(data, '..', '__init__.py'), 'utf8')) ?? []
  if (version === undefined) throw new Error(`no botocore version beside ${data}`)
  return version
}
