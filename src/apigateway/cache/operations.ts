import { scopeOf } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { cacheName } from '../stage/caching.ts'
import { requireStage } from '../stage/stage.ts'
import { reviseStage } from '../stage/stage-change.ts'

const onlyHere = 'The cache is flushed on this node; those that cannot be reached now flush it later'

/** The caches of a stage. */
export function cacheOperations({ store, flushResponses }: Dependencies) {
  return {
    async FlushStageCache({ restApiId, stageName }, caller) {
      const scope = scopeOf(caller)
      await store.read((reader) => requireStage(reader, scope, restApiId, stageName))
      const isEverywhere = await flushResponses(cacheName(scope, restApiId, stageName))
      if (!isEverywhere) throw new ServiceError('ServiceUnavailableException', onlyHere)
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
