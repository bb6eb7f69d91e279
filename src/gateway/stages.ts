import type { DeployedStage } from '../snapshot/rest-api.ts'
import type { StageChange } from '../snapshot/stage-change.ts'
import type { StagePlan } from './rest/stage-plan.ts'

/** What this thread serves. */
export interface Stages {
  find(apiId: string, stageName: string): StagePlan | undefined
  /**
   * Compiles what changed and swaps it in at once: a call sees all of it or nothing, and calls in flight end on the plan
   * that they began with.
   */
  publish(changes: readonly StageChange[]): void
}

type Plans = ReadonlyMap<string, ReadonlyMap<string, StagePlan>>

/** Holds the compiled plan of every stage, by API and stage name. */
export function servedStages(compile: (stage: DeployedStage) => StagePlan): Stages {
  let plans: Plans = new Map()

  return {
    find: (apiId, stageName) => plans.get(apiId)?.get(stageName),
    publish(changes) {
      const next = new Map(plans)
      for (const { apiId, stageName, stage } of changes) {
        const ofApi = new Map(next.get(apiId))
        if (stage) ofApi.set(stageName, compile(stage))
        else ofApi.delete(stageName)
        if (ofApi.size > 0) next.set(apiId, ofApi)
        else next.delete(apiId)
      }
      plans = next
    },
  }
}
