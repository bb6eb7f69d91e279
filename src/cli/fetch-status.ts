import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { ClusterStatus } from '../cluster/lease-agent.ts'
import { CommandError } from './command-error.ts'

/** What a gateway says about itself on `/_gatehouse/status`. */
export interface Status {
  readonly version: string
  readonly uptimeSeconds: number
  readonly region: string
  readonly account: string
  readonly workers: number
  /** REST APIs with a deployed stage. */
  readonly apis: number
  /** Of a gateway that shares its limits with others. */
  readonly cluster?: ClusterStatus
}

const timeoutMs = 5_000

/** @throws {CommandError} when nothing answers, or something else than Gatehouse. */
export async function fetchStatus(url: string): Promise<Status> {
  let body: string
  try {
    body = await text(await ask(new URL('/_gatehouse/status', url)))
  } catch (cause) {
    throw new CommandError(`no gateway answers at ${url}: ${reasonOf(cause)}`, { cause })
  }
  const status = parse(body)
  if (!isStatus(status)) throw new CommandError(`what answers at ${url} is not Gatehouse`)
  return status
}

function ask(url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, resolve).on('error', reject)
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer within ${timeoutMs / 1000} seconds`
  return 'code' in error && error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function isStatus(value: unknown): value is Status {
  if (typeof value !== 'object' || value === null) return false
  const types = {
    version: 'string',
    uptimeSeconds: 'number',
    region: 'string',
    account: 'string',
    workers: 'number',
    apis: 'number',
  }
  return Object.entries(types).every(([name, type]) => typeof Reflect.get(value, name) === type)
}
