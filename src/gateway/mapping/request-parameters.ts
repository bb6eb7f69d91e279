import { GatewayError } from '../error.ts'
import type { MappedValues } from '../integration/backend.ts'
import type { Invocation } from '../invocation.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { compileBodySource } from './body-source.ts'
import type { Payload } from './payload.ts'
import { compileSource } from './source.ts'

/** Reads a mapping expression's values from a request. */
export type RequestSource = (invocation: Invocation, payload: Payload) => readonly string[]

/** The values of an integration request's parameters. */
export interface MappedParameters {
  readonly path: MappedValues
  readonly querystring: MappedValues
  readonly header: MappedValues
}

/** An integration's `requestParameters`, compiled. */
export interface RequestParameters {
  /** Whether a source reads the body, which must then be read before. */
  readonly readsBody: boolean
  /** @throws {GatewayError} 400 when a body that a source reads is no JSON. */
  map(invocation: Invocation, payload: Payload): MappedParameters
}

/** @returns The first expression that is none, when there is one. */
export function requestParameters(deployed: DeployedMethod): RequestParameters | { readonly invalid: string } {
  const entries = Object.entries(deployed.method.integration.requestParameters)
  const targets: Record<keyof MappedParameters, Target[]> = { path: [], querystring: [], header: [] }
  for (const [key, expression] of entries) {
    const target = compileTarget(key, expression, deployed)
    if (typeof target === 'string') return { invalid: target }
    targets[target.location].push(target)
  }
  if (entries.length === 0) return { readsBody: false, map: () => noParameters }
  const { path, querystring, header } = targets
  return {
    readsBody: entries.some(([, expression]) => expression.startsWith('method.request.body')),
    map: (invocation, payload) => ({
      path: valuesOf(path, invocation, payload),
      querystring: valuesOf(querystring, invocation, payload),
      header: valuesOf(header, invocation, payload),
    }),
  }
}

interface Target {
  readonly location: keyof MappedParameters
  readonly name: string
  readonly source: RequestSource
}

const nothing: MappedValues = new Map()
const noParameters: MappedParameters = { path: nothing, querystring: nothing, header: nothing }

function compileTarget(key: string, expression: string, deployed: DeployedMethod): Target | string {
  const [, location, name = ''] = /^integration\.request\.(path|querystring|header)\.(.+)$/.exec(key) ?? []
  const source = compileRequestSource(expression, deployed)
  if (!source) return expression
  if (location !== 'path' && location !== 'querystring' && location !== 'header') return key
  return { location, name, source }
}

function compileRequestSource(expression: string, deployed: DeployedMethod): RequestSource | undefined {
  const [, rest] = /^method\.request\.(body.*)$/s.exec(expression) ?? []
  if (rest === undefined) return compileSource(expression, deployed)
  const fromBody = compileBodySource(rest, invalidJson)
  return fromBody && ((_invocation, payload) => fromBody(payload))
}

/** Observed: the answer to a body that begins like JSON and is none, where a mapping reads it. */
export function invalidJson(cause: unknown): GatewayError {
  return new GatewayError('DEFAULT_4XX', 'Invalid JSON in request body', { layer: 'engine', cause })
}

function valuesOf(targets: readonly Target[], invocation: Invocation, payload: Payload): MappedValues {
  if (targets.length === 0) return nothing
  const mapped = new Map<string, readonly string[]>()
  for (const { name, source } of targets) {
    const values = source(invocation, payload)
    if (values.length > 0) mapped.set(name, values)
  }
  return mapped
}
