import { scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { requireStage } from '../stage/stage.ts'

/** The caches of a stage. This version caches nothing yet, so that there is nothing to flush: only the stage must exist. */
export function cacheOperations({ store }: Dependencies) {
  return {
    async FlushStageCache({ restApiId, stageName }, caller) {
      await store.read((reader) => requireStage(reader, scopeOf(caller), restApiId, stageName))
      return {}
    },

    async FlushStageAuthorizersCache({ restApiId, stageName }, caller) {
      await store.read((reader) => requireStage(reader, scopeOf(caller), restApiId, stageName))
      return {}
    },
  } satisfies Partial<RestOperations>
}
