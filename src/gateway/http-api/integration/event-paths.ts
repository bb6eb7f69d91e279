import type { GatewayRequest } from '../../invocation.ts'
import { decodePath } from '../decode-path.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { stagePath } from '../stage-path.ts'

/** The path of a call as events tell it: with the stage, unless that is `$default`. */
export interface EventPaths {
  /** As sent. */
  readonly raw: string
  readonly decoded: string
}

/** Reads the paths of a route's calls; a mapped path stands for the call's. */
export function eventPaths({ stage }: DeployedRoute): (request: GatewayRequest) => EventPaths {
  const prefix = stagePath(stage)
  return ({ path, mapped }) => {
    const raw = prefix + (mapped?.path ?? path) || '/'
    return { raw, decoded: decodePath(raw) }
  }
}
