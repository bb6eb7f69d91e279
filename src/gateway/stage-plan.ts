import type { PrivateEndpoint } from '../snapshot/rest-api.ts'
import type { ApiType } from './api-type.ts'
import type { Handler } from './pipeline.ts'

/** A stage, compiled: immutable, and all that its calls need. */
export interface StagePlan {
  readonly type: ApiType
  readonly region: string
  /** `disableExecuteApiEndpoint`: the default host names reach nothing. */
  readonly endpointDisabled: boolean
  /** Set: only calls through VPC endpoints reach the stage. */
  readonly privateEndpoint?: PrivateEndpoint
  /**
   * The handler of a call; what matches nothing is answered by a handler too.
   * @param path What follows the stage, raw.
   */
  route(httpMethod: string, path: string): Route
}

export interface Route {
  readonly handler: Handler
  /** Values of the path's variables, in its order: as the API's type hands them on. */
  readonly pathValues: readonly string[]
}
