import type { Reader, Store } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import { functions } from '../function/function.ts'
import { loadFunction } from '../function/load.ts'
import { readUnqualifiedName } from '../function/name.ts'
import { saveFunction } from '../function/save.ts'
import type { LambdaOperations } from '../operations.ts'

/**
 * Concurrency that no reservation may take from the functions without one: at most 100, as on Lambda (documented), but
 * never more than a tenth of all, so that a small machine can reserve too.
 */
function minUnreserved(concurrentExecutions: number): number {
  return Math.min(100, Math.floor(concurrentExecutions / 10))
}

export interface ConcurrencyDependencies {
  readonly store: Store
  /** Most invocations at once of all functions of an account in a region. */
  readonly concurrentExecutions: number
}

export function concurrencyOperations({ store, concurrentExecutions }: ConcurrencyDependencies) {
  return {
    async PutFunctionConcurrency(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      const { ReservedConcurrentExecutions: reserved } = input
      await store.write(async (transaction) => {
        const { fn } = await loadFunction(transaction, caller, name, '$LATEST')
        const others = (await reservedInAll(transaction, caller)) - (fn.reservedConcurrency ?? 0)
        const least = minUnreserved(concurrentExecutions)
        if (reserved > 0 && concurrentExecutions - others - reserved < least) {
          throw invalidParameter(
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
              `below its minimum value of [${least}].`,
          )
        }
        await saveFunction(transaction, caller, { ...fn, reservedConcurrency: reserved })
      })
      return { ReservedConcurrentExecutions: reserved }
    },

    async GetFunctionConcurrency(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      const { fn } = await store.read((reader) => loadFunction(reader, caller, name, '$LATEST'))
      return fn.reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: fn.reservedConcurrency }
    },

    async DeleteFunctionConcurrency(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      await store.write(async (transaction) => {
        const { fn } = await loadFunction(transaction, caller, name, '$LATEST')
        const { reservedConcurrency, ...unreserved } = fn
        if (reservedConcurrency !== undefined) await saveFunction(transaction, caller, unreserved)
      })
      return {}
    },

    async GetAccountSettings(_input, caller) {
      return store.read(async (reader) => {
        const all = await reader.list(functions, scopeOf(caller))
        return {
          AccountLimit: {
            CodeSizeUnzipped: 262_144_000,
            CodeSizeZipped: 52_428_800,
            ConcurrentExecutions: concurrentExecutions,
            UnreservedConcurrentExecutions: concurrentExecutions - (await reservedInAll(reader, caller)),
          },
          AccountUsage: { FunctionCount: all.length },
        }
      })
    },
  } satisfies Partial<LambdaOperations>
}

async function reservedInAll(reader: Reader, caller: Caller): Promise<number> {
  const all = await reader.list(functions, scopeOf(caller))
  return all.reduce((sum, { document }) => sum + (document.reservedConcurrency ?? 0), 0)
}
