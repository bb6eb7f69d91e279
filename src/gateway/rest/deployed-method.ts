import type { DeployedStage, RestMethod } from '../../snapshot/rest-api.ts'

/** One method of a deployment, under its stage: what steps and integrations are compiled from. */
export interface DeployedMethod {
  readonly stage: DeployedStage
  readonly resourceId: string
  /** Path template such as `/pets/{petId}`. */
  readonly resourcePath: string
  /** Names of the path's variables, in order: `petId`, `proxy`. */
  readonly pathVariables: readonly string[]
  /** `GET`, …, or `ANY`. */
  readonly httpMethod: string
  readonly method: RestMethod
}

/** The names in a path template: `['id', 'proxy']` of `/pets/{id}/{proxy+}`. */
export function pathVariables(path: string): string[] {
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name)
}
