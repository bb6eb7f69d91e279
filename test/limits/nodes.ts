import { cp, rm } from 'node:fs/promises'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { clientsOf, createApi, createResource, deploy, putMock } from '../api.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { connect, replace, required } from '../management/client.ts'

/** What the nodes serve: `/`, `/keyed`, which requires the key, and `/cached`, whose answer tells the id of its call. */
export interface Served {
  readonly restApiId: string
  readonly usagePlanId: string
  readonly keyId: string
  readonly keyValue: string
}

/** Several gateways with the same definitions, which share a Redis. */
export interface Nodes extends AsyncDisposable {
  readonly all: readonly Gatehouse[]
  readonly served: Served
  /** Ends a node by `SIGKILL`, and starts it again on its folder. */
  restart(node: number): Promise<void>
}

export interface Terms {
  readonly rate: { readonly rateLimit: number; readonly burstLimit: number }
  readonly quota: number
}

/** Starts nodes of one cluster: each on a copy of one data folder. */
export async function startNodes(redisUrl: string, count: number, terms: Terms): Promise<Nodes> {
  const folders = await Promise.all(Array.from({ length: count }, temporaryFolder))
  const [first = '', ...others] = folders
  const served = await define(first, terms)
  for (const folder of others) await cp(first, folder, { recursive: true })
  const start = (dataDir: string) => startGatehouse({ dataDir, args: ['--workers', '1', '--redis', redisUrl] })
  const started = await Promise.allSettled(folders.map(start))
  const all = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  async function end(): Promise<void> {
    await Promise.all(all.map((node) => node[Symbol.asyncDispose]()))
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
  for (const each of started) {
    if (each.status === 'fulfilled') continue
    await end()
    throw each.reason
  }
  async function restart(node: number): Promise<void> {
    await all[node]?.stop('SIGKILL')
    all[node] = await start(required(folders[node]))
  }
  return { all, served, restart, [Symbol.asyncDispose]: end }
}

async function define(dataDir: string, { rate, quota }: Terms): Promise<Served> {
  await using gatehouse = await startGatehouse({ dataDir })
  const api = connect(gatehouse.url)
  const clients = clientsOf(gatehouse.url)
  const { restApiId, rootId } = await createApi(clients, 'shared')
  const keyed = await createResource(clients, restApiId, 'keyed')
  for (const resourceId of [rootId, keyed]) await putMock(clients, { restApiId, resourceId, text: 'ok' })
  const cached = await createResource(clients, restApiId, 'cached')
  await putMock(clients, { restApiId, resourceId: cached, text: '$context.requestId' })
  const patchOperations = [replace('/apiKeyRequired', 'true')]
  await api.updateMethod({ restApiId, resourceId: keyed, httpMethod: 'GET', patchOperations })
  await deploy(clients, restApiId)
  await api.updateStage({
    restApiId,
    stageName: 'dev',
    patchOperations: [
      replace('/~1/GET/throttling/rateLimit', String(rate.rateLimit)),
      replace('/~1/GET/throttling/burstLimit', String(rate.burstLimit)),
      replace('/cacheClusterEnabled', 'true'),
      replace('/cacheClusterSize', '0.5'),
      replace('/~1cached/GET/caching/enabled', 'true'),
      replace('/~1cached/GET/caching/ttlInSeconds', '600'),
    ],
  })
  const apiStages = [{ apiId: restApiId, stage: 'dev' }]
  const plan = await api.createUsagePlan({ name: 'plan', apiStages, quota: { limit: quota, period: 'MONTH' } })
  const key = await api.createApiKey({ enabled: true })
  const usagePlanId = required(plan.id)
  await api.createUsagePlanKey({ usagePlanId, keyId: required(key.id), keyType: 'API_KEY' })
  return { restApiId, usagePlanId, keyId: required(key.id), keyValue: required(key.value) }
}

/** How a node says that it stands to its cluster. */
export async function clusterOf(node: Gatehouse): Promise<{ state: string; nodes: number }> {
  const response = await fetch(`${node.url}/_gatehouse/status`)
  const { cluster } = (await response.json()) as { cluster: { state: string; nodes: number } }
  return cluster
}

/** Asks until it is so. @throws after ten seconds. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It did not come to this: ${what}`)
  }
}

export const managing = (node: Gatehouse): APIGateway => connect(node.url)
