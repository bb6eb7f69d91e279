import { scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import { frozenDefinitions } from '../import-export/frozen-definition.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { requireStage } from '../stage/stage.ts'
import { describeClientApi } from './client-api.ts'
import { parseSdkTarget } from './sdk-target.ts'

/** Clients of deployed APIs, as source code. */
export function sdkOperations({ store, now }: Pick<Dependencies, 'store' | 'now'>) {
  return {
    async GetSdk({ restApiId, stageName, sdkType, parameters }, caller) {
      const scope = scopeOf(caller)
      const { api, definition, deploymentId } = await store.read(async (reader) => {
        const api = await requireRestApi(reader, caller, restApiId)
        const { deploymentId } = await requireStage(reader, scope, api.id, stageName)
        return {
          api,
          deploymentId,
          definition: await reader.get(frozenDefinitions, scope, `${api.id}/${deploymentId}`),
        }
      })
      const { type, folder, loadGenerator } = parseSdkTarget(sdkType, parameters)
      if (!definition) throw badRequest(`Deployment ${deploymentId} was made before SDKs were kept: deploy again`)
      const generate = await loadGenerator()
      const files = generate(describeClientApi(definition, api, { stageName, region: caller.region }))
      // Loaded on demand, as it takes memory that few gateways need.
      const { archive } = await import('./archive.ts')
      return {
        // Documented, as is the form of the file's name.
        contentType: 'application/octet-stream',
        contentDisposition: `attachment; filename="${type}_${timestamp(now())}.zip"`,
        body: archive(folder, files),
      }
    },
  } satisfies Partial<RestOperations>
}

/** `2016-02-22_23-52Z`. */
function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', '_').replace(':', '-')}Z`
}
