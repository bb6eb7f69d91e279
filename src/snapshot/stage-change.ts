import type { DeployedHttpStage } from './http-api.ts'
import type { DeployedStage } from './rest-api.ts'

/** What the control plane tells every data-plane thread when a stage was created, changed, repointed or deleted. */
export interface StageChange<S = DeployedStage | DeployedHttpStage> {
  readonly apiId: string
  readonly stageName: string
  /** Absent: the stage is gone. */
  readonly stage?: S
}

/** Whether a stage is one of an HTTP API; the others are of REST APIs. */
export function isHttpStage(stage: DeployedStage | DeployedHttpStage): stage is DeployedHttpStage {
  return 'protocolType' in stage
}
