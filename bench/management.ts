import { performance } from 'node:perf_hooks'
import { Pool } from 'undici'
import type { Gatehouse } from './gatehouse.ts'
import { type LoadTarget, usualConnections } from './load.ts'
import { cpuMicros } from './measure.ts'
import type { Row } from './turns.ts'

/** The credentials are made up; the gateway takes the region and the service from them. */
const headers = {
  Authorization:
    'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0',
  Accept: 'application/json',
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Calls the REST management API without the cost of an SDK. Disposing closes its connections. */
export interface Management extends AsyncDisposable {
  /**
   * @param body Sent as JSON, or as it is when it is text.
   * @returns The answer's members.
   * @throws for any status but 2xx.
   */
  call(method: Method, path: string, body?: object | string): Promise<Readonly<Record<string, unknown>>>
}

export function connectTo({ port }: Gatehouse): Management {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: usualConnections })
  return {
    async call(method, path, body) {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const answer = await pool.request({ method, path, headers, ...(text !== undefined && { body: text }) })
      const content = await answer.body.text()
      if (answer.statusCode >= 300) throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${content}`)
      return content === '' ? {} : JSON.parse(content)
    },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

/** Where `wrk` reads. */
export function readTarget({ port }: Gatehouse, path: string): LoadTarget {
  return { url: `http://127.0.0.1:${port}${path}`, headers }
}

/** Keeps as many calls under way as `wrk` does, for so many seconds. Latencies are those of this process. */
export async function loadWith(
  name: string,
  { pid }: Gatehouse,
  seconds: number,
  call: (index: number) => Promise<unknown>,
): Promise<Row> {
  const millis: number[] = []
  const cpuBefore = cpuMicros(pid)
  const begun = performance.now()
  let index = 0
  const work = async () => {
    while (performance.now() < begun + seconds * 1000) {
      const sent = performance.now()
      await call(index++)
      millis.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: usualConnections }, work))
  const elapsed = (performance.now() - begun) / 1000
  millis.sort((a, b) => a - b)
  const quantile = (share: number) => millis[Math.floor(millis.length * share)] ?? Number.NaN
  const turn = {
    cpuMicrosPerCall: (cpuMicros(pid) - cpuBefore) / millis.length,
    callsPerSecond: millis.length / elapsed,
  }
  return {
    name,
    turns: [turn],
    ...turn,
    p50Millis: quantile(0.5),
    p99Millis: quantile(0.99),
    failures: 0,
  }
}

/** An OpenAPI document of so many paths with one `MOCK` method each. */
export function smallDocument(title: string, pathCount: number): string {
  return documentOf(title, pathCount, {})
}

/**
 * An OpenAPI document of so many paths with one method and one model each.
 * @param bytes How large it is, at least.
 */
export function largeDocument(title: string, pathCount: number, bytes: number): string {
  const filler = 'A member that is described at length, as they are in documents of real services. '
  const schemaOf = (propertyCount: number) => ({
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: propertyCount }, (_, index) => [`member${index}`, { type: 'string', description: filler }]),
    ),
  })
  const propertyBytes = JSON.stringify(schemaOf(2)).length - JSON.stringify(schemaOf(1)).length
  const propertyCount = Math.ceil(bytes / pathCount / propertyBytes)
  const schemas = Array.from({ length: pathCount }, (_, index) => [`Model${index}`, schemaOf(propertyCount)])
  return documentOf(title, pathCount, Object.fromEntries(schemas))
}

function documentOf(title: string, pathCount: number, schemas: Readonly<Record<string, object>>): string {
  const integration = {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200' } },
  }
  const paths = Array.from({ length: pathCount }, (_, index) => {
    const schema = `Model${index}` in schemas ? { $ref: `#/components/schemas/Model${index}` } : undefined
    const content = schema && { content: { 'application/json': { schema } } }
    const responses = { 200: { description: 'Fine', ...content } }
    return [
      index === 0 ? '/' : `/path-${index}`,
      { get: { responses, 'x-amazon-apigateway-integration': integration } },
    ]
  })
  const info = { title, version: '1' }
  return JSON.stringify({ openapi: '3.0.1', info, paths: Object.fromEntries(paths), components: { schemas } })
}
