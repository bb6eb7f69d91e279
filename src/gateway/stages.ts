import type { DeployedStage } from '../snapshot/rest-api.ts'
import { isHttpStage, type StageChange } from '../snapshot/stage-change.ts'
import type { StagePlan } from './rest/stage-plan.ts'

/** What this thread serves. */
export interface Stages {
  /** The plan for one call: where a stage has a canary, a share of its calls get the canary's. */
  find(apiId: string, stageName: string): StagePlan | undefined
  /**
   * Compiles what changed and swaps it in at once: a call sees all of it or nothing, and calls in flight end on the plan
   * that they began with.
   */
  publish(changes: readonly StageChange[]): void
}

/** Gives the plan for the next call. */
type NextPlan = () => StagePlan
type Plans = ReadonlyMap<string, ReadonlyMap<string, NextPlan>>

/**
 * Holds the compiled plan of every stage, by API and stage name.
 * @param random From 0 to below 1: tells each call whether it is the canary's.
 */
export function servedStages(compile: (stage: DeployedStage) => StagePlan, random: () => number = Math.random): Stages {
  let plans: Plans = new Map()

  function plansOf(stage: DeployedStage): NextPlan {
    const own = compile(stage)
    if (!stage.canary) return () => own
    const canary = compile(stage.canary.stage)
    const share = stage.canary.percentTraffic / 100
    return () => (random() < share ? canary : own)
  }

  return {
    find: (apiId, stageName) => plans.get(apiId)?.get(stageName)?.(),
    publish(changes) {
      const next = new Map(plans)
      for (const { apiId, stageName, stage } of changes) {
        const ofApi = new Map(next.get(apiId))
        if (stage && !isHttpStage(stage)) ofApi.set(stageName, plansOf(stage))
        else ofApi.delete(stageName)
        if (ofApi.size > 0) next.set(apiId, ofApi)
        else next.delete(apiId)
      }
      plans = next
    },
  }
}
