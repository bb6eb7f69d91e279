import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { FunctionChange } from '../snapshot/function.ts'
import type { BlobHandlers } from '../threads/handlers.ts'
import { type Handlers, openPort } from '../threads/port.ts'
import { createFunctionService } from './function-service.ts'
import type { FunctionInvocation } from './invoker.ts'
import type { FunctionThreadSettings } from './thread-settings.ts'

/** The functions thread: runs functions for the main thread and for the data threads. */

if (parentPort === null) throw new Error('This module is the entry of a worker thread')

const settings: FunctionThreadSettings = workerData

const service = await createFunctionService(settings, (name) => main.call('blob', name))

const invocations: Handlers = {
  invoke: (invocation: FunctionInvocation) => service.invoke(invocation),
}

const main = openPort<BlobHandlers>(parentPort, {
  ...invocations,
  publish: async (changes: readonly FunctionChange[]) => service.publish(changes),
  connect: async ({ port }: { readonly port: MessagePort }) => {
    openPort(port, invocations)
  },
  drain: ({ deadlineMs }: { readonly deadlineMs: number }) => service.drain(deadlineMs),
  stats: async () => service.stats(),
})
