import type { RemoteFunction } from '../../config/remote-function.ts'
import { matchesGlob } from '../../policy/glob.ts'
import type { FunctionInvoker } from '../invoker.ts'

/** The functions that live behind other endpoints. */
export interface RemoteInvokers {
  /** Who invokes this function: the first entry whose pattern matches its ARN; `undefined` for functions of this machine. */
  find(functionArn: string): FunctionInvoker | undefined
  /** Closes the connections. */
  close(): Promise<void>
}

export async function createRemoteInvokers(entries: readonly RemoteFunction[]): Promise<RemoteInvokers> {
  if (entries.length === 0) return { find: () => undefined, close: async () => {} }
  // Loaded on demand: its HTTP client costs time and memory that a gateway without remote functions need not pay.
  const { RemoteInvoker } = await import('./remote-invoker.ts')
  const invokers = entries.map((entry) => ({ pattern: entry.arn, invoker: new RemoteInvoker(entry) }))
  return {
    find: (functionArn) => invokers.find(({ pattern }) => matchesGlob(pattern, functionArn))?.invoker,
    async close() {
      await Promise.all(invokers.map(({ invoker }) => invoker.close()))
    },
  }
}
