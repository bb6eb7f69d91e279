import type { Transaction } from '../../storage/store.ts'
import { apiKeys, requireApiKey } from '../api-key/api-key.ts'
import { keysNaming, noteStageKeys } from '../api-key/stage-keys.ts'
import { allUsagePlans } from './usage-plan.ts'
import { putUsagePlan } from './usage-plan-change.ts'

/**
 * Takes a stage that is going, or all stages of an API that is going, out of the usage plans and legacy stage keys that
 * name it: a later stage of the same name must not inherit callers. Observed: the service does so without a refusal.
 */
export async function detachStages(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  stageName?: string,
): Promise<void> {
  const isGoing = (apiId: string, stage: string) =>
    apiId === restApiId && (stageName === undefined || stage === stageName)

  for (const plan of await allUsagePlans(transaction, scope)) {
    const apiStages = plan.apiStages.filter(({ apiId, stage }) => !isGoing(apiId, stage))
    if (apiStages.length === plan.apiStages.length) continue
    await putUsagePlan(transaction, scope, { ...plan, apiStages })
  }
  for (const id of await keysNaming(transaction, scope, restApiId, stageName)) {
    const key = await requireApiKey(transaction, scope, id)
    const stageKeys = key.stageKeys.filter((stageKey) => {
      const [apiId = '', stage = ''] = stageKey.split('/')
      return !isGoing(apiId, stage)
    })
    await transaction.put(apiKeys, scope, id, { ...key, stageKeys })
    await noteStageKeys(transaction, scope, { id, stageKeys }, key.stageKeys)
  }
}
