import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  type Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { BackendSettings } from '../config/backend-settings.ts'
import type { FunctionInvoker } from '../lambda/invoker.ts'
import { slotMemory } from '../limiter/shared-slots.ts'
import { allocateCacheMemory } from '../response-cache/cache-memory.ts'
import type { DeployedHttpStage } from '../snapshot/http-api.ts'
import type { DeployedStage, RestIntegration } from '../snapshot/rest-api.ts'
import { isHttpStage, type StageChange } from '../snapshot/stage-change.ts'
import { type DataPlane, dataPlane } from './data-plane.ts'
import { functionUri, method, publicBackends, silentLog, stage } from './fixtures.ts'
import type { Control } from './listener/control-calls.ts'
import type { PlacedEndpoint } from './vpc-endpoint/vpc-endpoint.ts'

/** A data plane over real sockets in this process, backends for it, and clients: for tests. */

export const running: { close(): unknown }[] = []
/** Ends all that the tests of a file have started: to be given to `after`. */
export async function endAll(): Promise<void> {
  await Promise.all(running.map((each) => each.close()))
}

export function mocked(body: string) {
  return method({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': body } }],
  })
}

export const toFunction = method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' })

interface Gateway {
  readonly plane: DataPlane
  readonly port: number
  readonly apiPort: number
  readonly endpointPorts: readonly number[]
}

interface Setting {
  readonly backends?: BackendSettings
  readonly trustedProxies?: readonly string[]
  readonly vpcEndpoints?: readonly PlacedEndpoint[]
  /** Echoes its event without it. */
  readonly functions?: FunctionInvoker
}

export async function gateway(
  served: DeployedStage | DeployedHttpStage,
  control: Control = async () => assert.fail('no control'),
  { backends = publicBackends, trustedProxies = [], vpcEndpoints = [], functions = echoing }: Setting = {},
): Promise<Gateway> {
  const plane = dataPlane({
    maxIntegrationTimeoutMs: 29_000,
    backends,
    trustedProxies,
    userPools: [],
    vpcEndpoints,
    limits: slotMemory(1_024),
    responses: allocateCacheMemory(1_048_576),
    thread: 0,
    functions,
    queueEvent: async () => assert.fail('no queue'),
    openRoleSession: async () => assert.fail('no sessions'),
    control,
    log: silentLog,
  })
  await plane.publish([changeOf(served)])
  const { port, apiPort = 0, endpointPorts } = await plane.listen({ host: '127.0.0.1', port: 0, apiPort: 0 })
  running.push({ close: () => plane.drain({ deadlineMs: 0 }) })
  return { plane, port, apiPort, endpointPorts }
}

const echoing: FunctionInvoker = {
  invoke: async ({ payload }) => ({ payload: echo(payload), executedVersion: '1', requestId: 'r' }),
}

function changeOf(stage: DeployedStage | DeployedHttpStage): StageChange {
  const { stageName } = stage
  if (isHttpStage(stage)) return { apiId: stage.api.apiId, stageName, stage }
  return { apiId: 'abc123', stageName, stage }
}

function echo(payload: string): string {
  return JSON.stringify({ body: payload })
}

export async function backend(answer: RequestListener): Promise<{ uri: string; server: Server }> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  running.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  const { port } = server.address() as AddressInfo
  return { uri: `http://127.0.0.1:${port}`, server }
}

export function proxied(uri: string, timeoutInMillis = 29_000, settings: Partial<RestIntegration> = {}) {
  const integration = method({
    type: 'HTTP_PROXY',
    uri: `${uri}/{proxy}`,
    httpMethod: 'ANY',
    timeoutInMillis,
    requestParameters,
    ...settings,
  })
  return stage({ '/{proxy+}': { ANY: integration } })
}

const requestParameters = { 'integration.request.path.proxy': 'method.request.path.proxy' }
export const host = 'abc123.execute-api.us-east-1.amazonaws.com'

interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly agent?: Agent
}

/** Calls by host name; resolves at the response's head. */
export function open(
  port: number,
  path: string,
  { method: verb = 'GET', headers = {}, body, agent }: CallOptions = {},
) {
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    path,
    method: verb,
    headers: { host, ...headers },
    ...(agent ? { agent } : {}),
  })
  const response = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
  response.catch(() => {})
  if (body !== undefined) sent.end(body)
  else if (verb === 'GET') sent.end()
  return { sent, response }
}

export async function call(port: number, path: string, options: CallOptions = {}) {
  const { response } = open(port, path, { ...options, body: options.body ?? '' })
  const { statusCode, headers, rawHeaders, ...rest } = await response.then(async (answer) => ({
    statusCode: answer.statusCode,
    headers: answer.headers,
    rawHeaders: answer.rawHeaders,
    body: await text(answer),
  }))
  return { status: statusCode, headers, rawHeaders, ...rest }
}

/** Sends bytes and collects all that comes until the gateway ends the connection. */
export async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}
