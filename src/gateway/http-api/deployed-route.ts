import type { DeployedHttpStage, HttpRoute } from '../../snapshot/http-api.ts'

/** One route of a deployment, under its stage: what steps and integrations are compiled from. */
export interface DeployedRoute {
  readonly stage: DeployedHttpStage
  readonly route: HttpRoute
  /** `/pets/{petId}`; `$default` of that route. */
  readonly path: string
  /** Names of the path's variables, in order: `petId`, `proxy`. */
  readonly pathVariables: readonly string[]
}
