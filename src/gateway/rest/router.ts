import { type Match, PathTree } from '../routing/path-tree.ts'

/** Finds the resource of a path among the resources of a deployment. */
export interface Router<T> {
  /** @param path Raw path after the stage, as sent; empty for the root. */
  match(path: string): Match<T> | undefined
}

/**
 * The resource of a path is the one that the tree of paths finds: whether it has the call's verb does not matter. Paths are
 * compared raw; leading slashes count as one and a trailing one as none.
 *
 * @param resources By path template, such as `/pets/{petId}`.
 */
export function router<T>(resources: Iterable<readonly [path: string, value: T]>): Router<T> {
  const tree = new PathTree<T>({ greedyTakesNothing: false })
  for (const [path, value] of resources) tree.add(path, value)
  return { match: (path) => tree.find(normalise(path), 'all') }
}

/** `/a/b` of `//a/b/`. */
function normalise(path: string): string {
  let from = 0
  while (path[from] === '/' && path[from + 1] === '/') from++
  const to = path.length > from && path.endsWith('/') ? path.length - 1 : path.length
  return from === 0 && to === path.length ? path : path.slice(from, to)
}
