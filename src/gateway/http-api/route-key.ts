/** A route key, taken apart. */
export interface RouteKey {
  /** `GET`, …, or `ANY`. */
  readonly verb: string
  /** `/pets/{petId}`. */
  readonly path: string
}

/** The route that takes what no other takes. */
export const defaultRouteKey = '$default'

/** Takes `GET /pets/{petId}` apart. @returns Undefined for `$default`. */
export function parseRouteKey(routeKey: string): RouteKey | undefined {
  const blank = routeKey.indexOf(' ')
  return blank < 0 ? undefined : { verb: routeKey.slice(0, blank), path: routeKey.slice(blank + 1) }
}
