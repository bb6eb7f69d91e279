import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { jsonLog } from '../log.ts'
import type { ControlHandlers, DataThreadSettings, FunctionsHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { dataPlane } from './data-plane.ts'

function start(port: MessagePort, data: DataThreadSettings): void {
  const log = jsonLog(data.logLevel)
  const functions = openPort<Pick<FunctionsHandlers, 'invoke'>>(data.functionsPort, {})
  const plane = dataPlane({
    maxIntegrationTimeoutMs: data.maxIntegrationTimeoutMs,
    log,
    functions: { invoke: (invocation) => functions.call('invoke', invocation) },
    control: (request) => main.call('control', request, { transfer: transferable(request.body) }),
  })
  const main = openPort<ControlHandlers>(port, { publish: plane.publish, listen: plane.listen, drain: plane.drain })
  // A bug in one call must not cut the calls of everybody else on this thread.
  process.on('uncaughtException', (error) => log.error('An exception was not caught', { error }))
  process.on('unhandledRejection', (error) => log.error('A rejection was not handled', { error }))
}

/** Bytes that fill a buffer of their own move to the other thread instead of being copied. */
function transferable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0 ? [buffer] : []
}

if (parentPort) start(parentPort, workerData)
