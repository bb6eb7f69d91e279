import { type Match, PathTree } from '../routing/path-tree.ts'
import { verbs } from '../routing/verbs.ts'
import { parseRouteKey } from './route-key.ts'

/** Finds the route of a call among the routes of a deployment. */
export interface RouteFinder<T> {
  /** @param path What follows the stage, decoded; empty for the root. */
  match(verb: string, path: string): Match<T> | undefined
}

const noValues: readonly string[] = []

/**
 * Documented: a route whose path matches as a whole comes first, then the one with the longest path before its `{proxy+}`, then
 * `$default`; at equal paths, one with the call's verb beats `ANY`. A trailing slash counts.
 *
 * @param routes By route key.
 */
export function routeFinder<T>(routes: Iterable<readonly [routeKey: string, value: T]>): RouteFinder<T> {
  const trees = new Map(verbs.map((verb) => [verb, new PathTree<T>({ greedyTakesNothing: true })]))
  let fallback: Match<T> | undefined
  const add = (verb: string, path: string, value: T) => trees.get(verb)?.add(path, value)
  const keyed = Array.from(routes, ([routeKey, value]) => ({ key: parseRouteKey(routeKey), value }))
  for (const { key, value } of keyed) {
    if (!key) fallback = { value, pathValues: noValues }
    else if (key.verb === 'ANY') for (const verb of verbs) add(verb, key.path, value)
  }
  // After those of ANY, whose places they take.
  for (const { key, value } of keyed) if (key && key.verb !== 'ANY') add(key.verb, key.path, value)

  return {
    match(verb, path) {
      const tree = trees.get(verb)
      const bare = path === '/' ? '' : path
      return tree?.find(bare, 'whole') ?? tree?.find(bare, 'greedy') ?? fallback
    },
  }
}
