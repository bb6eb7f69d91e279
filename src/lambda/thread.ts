import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { BlobHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { threadData } from '../threads/spawn-thread.ts'
import { functionHandlers } from './function-handlers.ts'
import { createFunctionService } from './function-service.ts'
import type { FunctionThreadSettings } from './thread-settings.ts'

/** The functions thread: runs functions for the main thread and for the data threads. */

if (parentPort === null) throw new Error('This module is the entry of a worker thread')

const settings = await threadData<FunctionThreadSettings>(workerData)

const service = await createFunctionService(settings, (name) => main.call('blob', name))

const main = openPort<BlobHandlers>(parentPort, functionHandlers(service))
flushCompileCache()
