import { isHttpStage, type StageChange } from '../snapshot/stage-change.ts'
import type { ApiType } from './api-type.ts'
import type { StagePlan } from './stage-plan.ts'

/** What this thread serves. */
export interface Stages {
  /**
   * Finds out where a call goes: where a stage has a canary, a share of its calls get the canary's plan.
   * @param path What follows the host, raw.
   * @returns Undefined for an API without stages.
   */
  find(apiId: string, path: string): Found | undefined
  /**
   * Compiles what changed and swaps it in at once: a call sees all of it or nothing, and calls in flight end on the plan
   * that they began with.
   */
  publish(changes: readonly StageChange[]): void
}

/** The API that a call reaches. */
export interface Found {
  readonly type: ApiType
  /** Absent: the call is for none of its stages. */
  readonly plan?: StagePlan | undefined
  /** What follows the stage, raw. */
  readonly path: string
}

type AnyStage = NonNullable<StageChange['stage']>

/** Gives the plan for the next call. */
type NextPlan = () => StagePlan

interface ServedApi {
  readonly type: ApiType
  /** By stage name: at least one. */
  readonly plans: ReadonlyMap<string, NextPlan>
  readonly hasStage: (stageName: string) => boolean
}

/**
 * Holds the compiled plan of every stage, by API and stage name.
 * @param random From 0 to below 1: tells each call whether it is the canary's.
 */
export function servedStages(compile: (stage: AnyStage) => StagePlan, random: () => number = Math.random): Stages {
  const apis = new Map<string, ServedApi>()

  function nextPlan(stage: AnyStage, own: StagePlan): NextPlan {
    if (isHttpStage(stage) || !stage.canary) return () => own
    const canary = compile(stage.canary.stage)
    const share = stage.canary.percentTraffic / 100
    return () => (random() < share ? canary : own)
  }

  function withStage(api: ServedApi | undefined, stageName: string, stage: AnyStage): ServedApi {
    const own = compile(stage)
    return served(own.type, new Map(api?.plans).set(stageName, nextPlan(stage, own)))
  }

  return {
    find(apiId, called) {
      const api = apis.get(apiId)
      if (!api) return undefined
      const { stageName, path } = api.type.locate(called, api.hasStage)
      return { type: api.type, plan: api.plans.get(stageName)?.(), path }
    },
    publish(changes) {
      const changed = new Map<string, ServedApi | undefined>()
      for (const { apiId, stageName, stage } of changes) {
        const before = changed.has(apiId) ? changed.get(apiId) : apis.get(apiId)
        changed.set(apiId, stage ? withStage(before, stageName, stage) : withoutStage(before, stageName))
      }
      for (const [apiId, api] of changed) {
        if (api) apis.set(apiId, api)
        else apis.delete(apiId)
      }
    },
  }
}

function withoutStage(api: ServedApi | undefined, stageName: string): ServedApi | undefined {
  const plans = new Map(api?.plans)
  plans.delete(stageName)
  return api && plans.size > 0 ? served(api.type, plans) : undefined
}

function served(type: ApiType, plans: ReadonlyMap<string, NextPlan>): ServedApi {
  return { type, plans, hasStage: (stageName) => plans.has(stageName) }
}
