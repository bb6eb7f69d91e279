import { loopNames } from '../compile/foreach.ts'
import type { Access, PropertyAccess, Reference } from '../syntax/ast.ts'
import { type Part, partsOf } from '../syntax/parts.ts'
import { effectsOf } from './effects.ts'

/** What a path leads to: a reference, or the beginning of one, as `item.customer.M`. */
export type Path = string

/** A reference's variable, and the paths of properties that it begins with: the shortest first. */
export function pathsOf({ name, path, verbatim }: Reference): readonly Path[] {
  if (verbatim !== undefined || loopFacts.includes(name)) return []
  const paths: Path[] = [name]
  for (const access of leadingProperties(path)) paths.push(`${paths.at(-1)}.${access.name}`)
  return paths
}

/** These change from round to round. */
const loopFacts: readonly string[] = Object.values(loopNames)

function leadingProperties(path: readonly Access[]): readonly PropertyAccess[] {
  const end = path.findIndex(({ type }) => type !== 'property')
  return path.slice(0, end < 0 ? path.length : end).filter((access) => access.type === 'property')
}

/** As many are kept. */
const maxPaths = 200

/** Paths that stand in a template more than once. */
export function repeatedPaths(template: readonly Part[]): ReadonlySet<Path> {
  const seen = new Set<Path>()
  const repeated = new Set<Path>()
  for (const part of partsOf(template)) {
    if (part.type !== 'reference') continue
    for (const path of pathsOf(part)) {
      if (seen.has(path) && repeated.size < maxPaths) repeated.add(path)
      seen.add(path)
    }
  }
  return repeated
}

/** The paths whose ends a function has in variables of its own, at the place whose code is being made. */
export class KnownPaths {
  readonly #newVariable: () => string
  readonly #variables = new Map<Path, string>()
  #known = new Set<Path>()

  constructor(newVariable: () => string) {
    this.#newVariable = newVariable
  }

  /** The variable that a path's end is in. */
  variable(path: Path): string | undefined {
    return this.#known.has(path) ? this.#variables.get(path) : undefined
  }

  /** The variable that a path's end is now put in. */
  learn(path: Path): string {
    this.#known.add(path)
    const variable = this.#variables.get(path) ?? this.#newVariable()
    this.#variables.set(path, variable)
    return variable
  }

  /** Forgets what parts that are rendered may have changed. */
  forget(parts: readonly Part[]): void {
    const { variables, members } = effectsOf(parts)
    if (!members && variables.size === 0) return
    for (const path of this.#known) {
      const [name = '', ...more] = path.split('.')
      if ((members && more.length > 0) || variables.has(name)) this.#known.delete(path)
    }
  }

  /** Makes the code of parts that may not be rendered: what it learns is not known after it. */
  within<T>(parts: readonly Part[], make: () => T): T {
    const before = new Set(this.#known)
    const made = make()
    this.#known = before
    this.forget(parts)
    return made
  }
}
