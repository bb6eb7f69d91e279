import { scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { requireStage } from '../stage/stage.ts'
import { reviseStage } from '../stage/stage-change.ts'

/** The caches of a stage. Responses are not cached yet, so that there is nothing of them to flush. */
export function cacheOperations({ store }: Dependencies) {
  return {
    async FlushStageCache({ restApiId, stageName }, caller) {
      await store.read((reader) => requireStage(reader, scopeOf(caller), restApiId, stageName))
      return {}
    },

    async FlushStageAuthorizersCache({ restApiId, stageName }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireStage(transaction, scope, restApiId, stageName)
        // What a stage serves is compiled anew with every revision, and its authorizers remember nobody then.
        await reviseStage(transaction, scope, restApiId, stageName)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}
