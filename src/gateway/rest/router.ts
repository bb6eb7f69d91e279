/** Finds the resource of a path among the resources of a deployment. */
export interface Router<T> {
  /** @param path Raw path after the stage, as sent; empty for the root. */
  match(path: string): Match<T> | undefined
}

export interface Match<T> {
  readonly value: T
  /** One raw value per path variable, in the order of the resource's path. */
  readonly pathValues: readonly string[]
}

interface Node<T> {
  readonly statics: Map<string, Node<T>>
  variable: Node<T> | undefined
  greedy: T | undefined
  value: T | undefined
}

const noValues: readonly string[] = []

/**
 * A static segment beats `{variable}`, which beats `{greedy+}`; a branch that leads nowhere is left for the next.
 * Paths are compared raw: nothing is decoded, case counts, leading slashes count as one and a trailing one as none.
 *
 * @param resources By path template, such as `/pets/{petId}`.
 */
export function router<T>(resources: Iterable<readonly [path: string, value: T]>): Router<T> {
  const root = node<T>()
  const constant = new Map<string, Match<T>>()
  for (const [path, value] of resources) {
    if (!path.includes('{')) constant.set(path === '/' ? '' : path, { value, pathValues: noValues })
    insert(root, path, value)
  }

  return {
    match(path) {
      const bare = normalise(path)
      // At every level a static segment is tried first, so a wholly static path wins over all others.
      const known = constant.get(bare)
      if (known) return known
      const pathValues: string[] = []
      const value = walk(root, bare, 1, pathValues)
      return value === undefined ? undefined : { value, pathValues }
    },
  }
}

function node<T>(): Node<T> {
  return { statics: new Map(), variable: undefined, greedy: undefined, value: undefined }
}

function insert<T>(root: Node<T>, path: string, value: T): void {
  let at = root
  for (const segment of path.split('/').filter((part) => part !== '')) {
    if (segment.endsWith('+}')) {
      at.greedy = value
      return
    }
    at = segment.startsWith('{') ? variableChild(at) : staticChild(at, segment)
  }
  at.value = value
}

function variableChild<T>(parent: Node<T>): Node<T> {
  parent.variable ??= node()
  return parent.variable
}

function staticChild<T>(parent: Node<T>, segment: string): Node<T> {
  const child = parent.statics.get(segment) ?? node<T>()
  parent.statics.set(segment, child)
  return child
}

/** `/a/b` of `//a/b/`. */
function normalise(path: string): string {
  let from = 0
  while (path[from] === '/' && path[from + 1] === '/') from++
  const to = path.length > from && path.endsWith('/') ? path.length - 1 : path.length
  return from === 0 && to === path.length ? path : path.slice(from, to)
}

/** @param at Where the next segment begins; past the end when none is left. */
function walk<T>(parent: Node<T>, path: string, at: number, values: string[]): T | undefined {
  if (at > path.length) return parent.value
  const slash = path.indexOf('/', at)
  const end = slash < 0 ? path.length : slash
  const segment = path.slice(at, end)

  const next = parent.statics.get(segment)
  const found = next && walk(next, path, end + 1, values)
  if (found !== undefined) return found

  if (segment === '') return takeRest(parent, path, at, values)
  if (parent.variable) {
    values.push(segment)
    const value = walk(parent.variable, path, end + 1, values)
    if (value !== undefined) return value
    values.pop()
  }
  return takeRest(parent, path, at, values)
}

function takeRest<T>(parent: Node<T>, path: string, at: number, values: string[]): T | undefined {
  if (parent.greedy !== undefined && at < path.length) values.push(path.slice(at))
  else return undefined
  return parent.greedy
}
