import { TextTable } from '../../text-table.ts'

/** A path that matched, and what its variables stand for. */
export interface Match<T> {
  readonly value: T
  /** One value per path variable, in the order of the path. */
  readonly pathValues: readonly string[]
}

export interface TreeOptions {
  /** `/x/{proxy+}` takes `/x/` too, with an empty value. */
  readonly greedyTakesNothing: boolean
}

/** Which of the paths count: those that end where the call's path ends, those that end in `{greedy+}`, or both. */
export type Kinds = 'all' | 'whole' | 'greedy'

interface Node<T> {
  readonly statics: TextTable<Node<T>>
  variable: Node<T> | undefined
  greedy: T | undefined
  value: T | undefined
}

const noValues: readonly string[] = []

/**
 * Path templates, to be found by paths. A static segment beats `{variable}`, which beats `{greedy+}`; a branch that leads
 * nowhere is left for the next. Paths are compared as they are: nothing is decoded, case counts.
 */
export class PathTree<T> {
  private readonly root = node<T>()
  /** The paths without variables. */
  private readonly constant = new TextTable<Match<T>>()
  private readonly options: TreeOptions

  constructor(options: TreeOptions) {
    this.options = options
  }

  /** @param path Such as `/pets/{petId}`, `/{proxy+}`, or `/` for the root. */
  add(path: string, value: T): void {
    if (!path.includes('{')) this.constant.set(path === '/' ? '' : path, { value, pathValues: noValues })
    let at = this.root
    for (const segment of path.split('/').filter((part) => part !== '')) {
      if (segment.endsWith('+}')) {
        at.greedy = value
        return
      }
      at = segment.startsWith('{') ? variableChild(at) : staticChild(at, segment)
    }
    at.value = value
  }

  /** @param path Begins with `/`; empty for the root. */
  find(path: string, kinds: Kinds): Match<T> | undefined {
    // At every level a static segment is tried first, so a wholly static path wins over all others.
    const known = kinds === 'greedy' ? undefined : this.constant.get(path)
    if (known) return known
    const pathValues: string[] = []
    const value = this.walk(this.root, path, 1, kinds, pathValues)
    return value === undefined ? undefined : { value, pathValues }
  }

  /** @param at Where the next segment begins; past the end when none is left. */
  private walk(parent: Node<T>, path: string, at: number, kinds: Kinds, values: string[]): T | undefined {
    if (at > path.length) return kinds === 'greedy' ? undefined : parent.value
    const slash = path.indexOf('/', at)
    const end = slash < 0 ? path.length : slash
    const segment = path.slice(at, end)

    const next = parent.statics.get(segment)
    const found = next && this.walk(next, path, end + 1, kinds, values)
    if (found !== undefined) return found

    if (parent.variable && segment !== '') {
      values.push(segment)
      const value = this.walk(parent.variable, path, end + 1, kinds, values)
      if (value !== undefined) return value
      values.pop()
    }
    return kinds === 'whole' ? undefined : this.takeRest(parent, path, at, values)
  }

  private takeRest({ greedy }: Node<T>, path: string, at: number, values: string[]): T | undefined {
    const takes = at < path.length || this.options.greedyTakesNothing
    if (greedy !== undefined && takes) values.push(path.slice(at))
    return takes ? greedy : undefined
  }
}

function node<T>(): Node<T> {
  return { statics: new TextTable(), variable: undefined, greedy: undefined, value: undefined }
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
