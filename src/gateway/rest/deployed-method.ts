import type { DeployedStage, RestMethod } from '../../snapshot/rest-api.ts'

/** Where in a stage a call has arrived: what the variables of its expressions stand for. */
export interface CallPlace {
  readonly stage: DeployedStage
  /** Empty for a call that matches no method. */
  readonly resourceId: string
  /** Path template such as `/pets/{petId}`; empty for a call that matches no method. */
  readonly resourcePath: string
  /** Names of the path's variables, in order: `petId`, `proxy`. */
  readonly pathVariables: readonly string[]
}

/** One method of a deployment, under its stage: what steps and integrations are compiled from. */
export interface DeployedMethod extends CallPlace {
  /** `GET`, …, or `ANY`. */
  readonly httpMethod: string
  readonly method: RestMethod
}
