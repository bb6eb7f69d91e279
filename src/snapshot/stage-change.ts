import type { DeployedStage } from './rest-api.ts'

/** What the control plane tells every data-plane thread when a stage was created, changed, repointed or deleted. */
export interface StageChange {
  readonly apiId: string
  readonly stageName: string
  /** Absent: the stage is gone. */
  readonly stage?: DeployedStage
}
