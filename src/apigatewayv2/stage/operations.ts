import { scopeOf } from '../../wire/operation.ts'
import { requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { deployedAutomatically } from '../deployment/operations.ts'
import { merged, mergedMap } from '../merge.ts'
import type { HttpOperations, Request } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { insertStage, newStage } from './new-stage.ts'
import { checkStage, requireRouteKeys } from './rules.ts'
import { presentStage, type RouteSettingsRecord, requireStage, type StageRecord, stages } from './stage.ts'
import { reviseHttpStage } from './stage-change.ts'

/** The names under which deployments are served. A change of a stage takes effect at once. */
export function stageOperations({ store, now, newId }: HttpDependencies) {
  /** Applies a change to one stage. @param routeKeys Those that the request gives settings to. */
  async function change(
    ids: Pick<Request<'GetStage'>, 'ApiId' | 'StageName'>,
    caller: Parameters<HttpOperations['GetStage']>[1],
    edit: (stage: StageRecord) => StageRecord,
    routeKeys: readonly string[] = [],
  ): Promise<StageRecord> {
    const { ApiId, StageName } = ids
    const scope = scopeOf(caller)
    const nowMs = now().getTime()
    return store.write(async (transaction) => {
      const api = await requireApi(transaction, caller, ApiId)
      const stored = await requireStage(transaction, scope, ApiId, StageName)
      const stage = { ...edit(stored), LastUpdatedDate: nowMs }
      await checkStage(transaction, scope, api, stage)
      await requireRouteKeys(transaction, scope, ApiId, routeKeys)
      await transaction.put(stages, scope, `${ApiId}/${StageName}`, stage)
      await reviseHttpStage(transaction, scope, ApiId, StageName)
      if (stage.AutoDeploy && !stored.AutoDeploy) await autoDeploy({ transaction, caller, newId, nowMs }, api)
      return requireStage(transaction, scope, ApiId, StageName)
    })
  }

  return {
    async CreateStage({ ApiId, ...settings }, caller) {
      const scope = scopeOf(caller)
      const nowMs = now().getTime()
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stage = newStage(api, settings, nowMs)
        if (stage.AutoDeploy && stage.DeploymentId !== undefined) throw deployedAutomatically()
        await checkStage(transaction, scope, api, stage)
        await requireRouteKeys(transaction, scope, ApiId, Object.keys(stage.RouteSettings))
        await insertStage(transaction, scope, ApiId, stage)
        if (stage.AutoDeploy) await autoDeploy({ transaction, caller, newId, nowMs }, api)
        return presentStage(await requireStage(transaction, scope, ApiId, stage.StageName))
      })
    },

    async GetStage({ ApiId, StageName }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return presentStage(await requireStage(reader, scopeOf(caller), ApiId, StageName))
      })
    },

    async GetStages({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, stages, scopeOf(caller), `${ApiId}/`)
        const { Items, ...rest } = listPage(all, ({ StageName }) => StageName, request)
        return { Items: Items.map(presentStage), ...rest }
      })
    },

    async UpdateStage({ ApiId, StageName, ...settings }, caller) {
      const routeKeys = Object.keys(settings.RouteSettings ?? {})
      const edit = (stored: StageRecord) => updatedStage(stored, settings)
      return presentStage(await change({ ApiId, StageName }, caller, edit, routeKeys))
    },

    async DeleteStage({ ApiId, StageName }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        await requireStage(transaction, scope, ApiId, StageName)
        await transaction.delete(stages, scope, `${ApiId}/${StageName}`)
        await reviseHttpStage(transaction, scope, ApiId, StageName)
      })
      return {}
    },

    async DeleteAccessLogSettings(ids, caller) {
      await change(ids, caller, ({ AccessLogSettings: _, ...stage }) => stage)
      return {}
    },

    async DeleteRouteSettings({ RouteKey, ...ids }, caller) {
      await change(ids, caller, (stage) => {
        const { [RouteKey]: _, ...RouteSettings } = stage.RouteSettings
        return { ...stage, RouteSettings }
      })
      return {}
    },

    async ResetAuthorizersCache({ ApiId, StageName }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        await requireStage(transaction, scope, ApiId, StageName)
        // What a stage serves is compiled anew with every revision, and its authorizers remember nobody then.
        await reviseHttpStage(transaction, scope, ApiId, StageName)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

function updatedStage(stored: StageRecord, settings: Omit<Request<'UpdateStage'>, 'ApiId' | 'StageName'>): StageRecord {
  const { StageVariables, RouteSettings = {}, DefaultRouteSettings, AccessLogSettings, ...others } = settings
  const { AutoDeploy = stored.AutoDeploy, DeploymentId } = others
  if (AutoDeploy && DeploymentId !== undefined) throw deployedAutomatically()
  return merged<StageRecord>(stored, {
    ...others,
    StageVariables: mergedMap(stored.StageVariables, StageVariables),
    RouteSettings: withRouteSettings(stored.RouteSettings, RouteSettings),
    DefaultRouteSettings: { ...stored.DefaultRouteSettings, ...DefaultRouteSettings },
    ...(AccessLogSettings && { AccessLogSettings: { ...stored.AccessLogSettings, ...AccessLogSettings } }),
  })
}

/** Keys that an update leaves out stay, and so do the members of a key. */
function withRouteSettings(
  stored: StageRecord['RouteSettings'],
  changes: Readonly<Record<string, RouteSettingsRecord>>,
): StageRecord['RouteSettings'] {
  const changed = Object.entries(changes).map(([key, settings]) => [key, { ...stored[key], ...settings }] as const)
  return { ...stored, ...Object.fromEntries(changed) }
}
