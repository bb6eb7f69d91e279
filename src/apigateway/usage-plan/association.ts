import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { reviseApiKey } from '../api-key/revise.ts'
import { conflict, limitExceeded } from '../refusal.ts'
import { usageGrants } from '../usage/grant.ts'
import { isSameStage } from './api-stage.ts'
import { type PlannedStage, requireUsagePlan, type UsagePlanRecord } from './usage-plan.ts'

/** That a key belongs to a plan: by `{usagePlanId}/{apiKeyId}`, and the other way round. */
const keysOfPlans = collection<object>('usage-plan-key')
const plansOfKeys = collection<object>('usage-plan-of-key')

/** Documented. */
const maxPlansOfKey = 10

/** The ids of a plan's keys. */
export async function keysOfPlan(reader: Reader, scope: string, planId: string): Promise<string[]> {
  return secondIds(await reader.list(keysOfPlans, scope, { prefix: `${planId}/` }))
}

/** The ids of the plans that have a key. */
export async function plansOfKey(reader: Reader, scope: string, keyId: string): Promise<string[]> {
  return secondIds(await reader.list(plansOfKeys, scope, { prefix: `${keyId}/` }))
}

export async function hasKey(reader: Reader, scope: string, planId: string, keyId: string): Promise<boolean> {
  return (await reader.get(keysOfPlans, scope, `${planId}/${keyId}`)) !== undefined
}

/**
 * Puts a key into a plan; one that is in it already stays.
 *
 * @throws {ServiceError} `ConflictException` when another plan of the key has one of the plan's stages,
 *   `LimitExceededException` for one plan too many.
 */
export async function associateKey(
  transaction: Transaction,
  scope: string,
  plan: UsagePlanRecord,
  keyId: string,
): Promise<void> {
  await refuseSharedStages(transaction, scope, plan.id, keyId, plan.apiStages)
  const others = (await plansOfKey(transaction, scope, keyId)).filter((planId) => planId !== plan.id)
  if (others.length >= maxPlansOfKey) throw limitExceeded('Maximum number of Usage Plans for this API Key reached')
  await transaction.put(keysOfPlans, scope, `${plan.id}/${keyId}`, {})
  await transaction.put(plansOfKeys, scope, `${keyId}/${plan.id}`, {})
  await reviseApiKey(transaction, scope, keyId)
}

/** @throws {ServiceError} `ConflictException` when another plan of one of the plan's keys has one of the stages. */
export async function refuseSharedStagesOfPlan(
  reader: Reader,
  scope: string,
  planId: string,
  added: readonly PlannedStage[],
): Promise<void> {
  if (added.length === 0) return
  for (const keyId of await keysOfPlan(reader, scope, planId)) {
    await refuseSharedStages(reader, scope, planId, keyId, added)
  }
}

/** Takes a key out of a plan, and forgets what it was granted there; what it has used stays counted. */
export async function dissociate(
  transaction: Transaction,
  scope: string,
  planId: string,
  keyId: string,
): Promise<void> {
  await transaction.delete(keysOfPlans, scope, `${planId}/${keyId}`)
  await transaction.delete(plansOfKeys, scope, `${keyId}/${planId}`)
  await transaction.delete(usageGrants, scope, `${planId}/${keyId}`)
  await reviseApiKey(transaction, scope, keyId)
}

/** Takes a key that is going out of all its plans. */
export async function dissociateKey(transaction: Transaction, scope: string, keyId: string): Promise<void> {
  for (const planId of await plansOfKey(transaction, scope, keyId)) await dissociate(transaction, scope, planId, keyId)
}

/** Takes all keys out of a plan that is going. */
export async function dissociatePlan(transaction: Transaction, scope: string, planId: string): Promise<void> {
  for (const keyId of await keysOfPlan(transaction, scope, planId)) await dissociate(transaction, scope, planId, keyId)
}

/** A call with the key to the stage would not know which plan it counts for. */
async function refuseSharedStages(
  reader: Reader,
  scope: string,
  planId: string,
  keyId: string,
  stages: readonly PlannedStage[],
): Promise<void> {
  for (const otherId of await plansOfKey(reader, scope, keyId)) {
    if (otherId === planId) continue
    const { apiStages } = await requireUsagePlan(reader, scope, otherId)
    const shared = stages.find((stage) => apiStages.some((planned) => isSameStage(planned, stage)))
    if (!shared) continue
    throw conflict(
      `Usage Plan ${planId} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans ` +
        `with the same API stage: ${shared.apiId}:${shared.stage}`,
    )
  }
}

function secondIds(entries: readonly { readonly key: string }[]): string[] {
  return entries.map(({ key }) => key.slice(key.indexOf('/') + 1))
}
