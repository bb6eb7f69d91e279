import { flushCompileCache } from 'node:module'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { functionHandlers } from '../lambda/function-handlers.ts'
import { createFunctionService } from '../lambda/function-service.ts'
import { jsonLog, type Log } from '../log.ts'
import type { BlobHandlers, ClusterPeerHandlers, ControlHandlers, DataThreadSettings } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { threadData } from '../threads/spawn-thread.ts'
import { type DataPlaneOptions, dataPlane } from './data-plane.ts'

async function start(port: MessagePort, settings: DataThreadSettings): Promise<void> {
  const { maxIntegrationTimeoutMs, backends, trustedProxies, userPools, vpcEndpoints } = settings
  const { limits, responses, thread, accountRate, announceLimits } = settings
  const log = jsonLog(settings.logLevel)
  const functions = await createFunctionService(settings.functions, thread, (name) => main.call('blob', name))
  const plane = dataPlane({
    maxIntegrationTimeoutMs,
    backends,
    trustedProxies,
    userPools,
    vpcEndpoints,
    limits,
    accountRate,
    announceLimits,
    cluster: clusterOf(settings, log),
    responses,
    thread,
    log,
    functions,
    queueEvent: (event) => main.call('queueEvent', event),
    openRoleSession: (role) => main.call('openRoleSession', role),
    control: (request) => main.call('control', request, { transfer: transferable(request.body) }),
  })
  const {
    publish,
    publishApiKeys,
    publishUsagePlans,
    publishVpcLinks,
    publishIdentities,
    testMethod,
    testAuthorizer,
    listen,
    drain,
  } = plane
  const main = openPort<ControlHandlers & BlobHandlers>(port, {
    publish,
    publishVpcLinks,
    publishIdentities,
    publishApiKeys,
    publishUsagePlans,
    testMethod,
    testAuthorizer,
    listen,
    drain,
    ...functionHandlers(functions),
  })
  // A bug in one call must not cut the calls of everybody else on this thread.
  process.on('uncaughtException', (error) => log.error('An exception was not caught', { error }))
  process.on('unhandledRejection', (error) => log.error('A rejection was not handled', { error }))
  flushCompileCache()
}

/** The thread that speaks with other nodes, as far as this one needs it. */
function clusterOf({ cluster }: DataThreadSettings, log: Log): DataPlaneOptions['cluster'] {
  if (!cluster) return undefined
  const peer = openPort<ClusterPeerHandlers>(cluster.port, {})
  const report = (error: unknown) => log.error('The other nodes cannot be reached', { error })
  return {
    limitInUse: (limit) => void peer.call('inUse', limit).catch(report),
    responses: {
      fetch: (key) => peer.call('fetchResponse', key).catch(() => undefined),
      keep: (key, response) => void peer.call('keepResponse', { key, response }).catch(report),
    },
  }
}

/** Bytes that fill a buffer of their own move to the other thread instead of being copied. */
function transferable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0 ? [buffer] : []
}

if (parentPort) await start(parentPort, await threadData<DataThreadSettings>(workerData))
