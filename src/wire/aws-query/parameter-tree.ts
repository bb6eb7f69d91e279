/** Parameters by the parts of their names: `Tags.member.1.Key=a` is `a` below `Tags`, `member`, `1` and `Key`. */
export interface ParameterTree {
  /** The value of the parameter whose name ends here. */
  readonly value?: string
  readonly children: ReadonlyMap<string, ParameterTree>
}

interface Growing {
  value?: string
  readonly children: Map<string, Growing>
}

/** Most parts of a name that are told apart: no model nests deeper, and a name of a million dots must cost nothing. */
const maxParts = 64

/** Of parameters with the same name, the first counts. */
export function parameterTree(parameters: URLSearchParams): ParameterTree {
  const root: Growing = { children: new Map() }
  for (const [name, value] of parameters) {
    let node = root
    for (const part of name.split('.', maxParts)) {
      const known = node.children.get(part)
      const next: Growing = known ?? { children: new Map() }
      if (!known) node.children.set(part, next)
      node = next
    }
    node.value ??= value
  }
  return root
}

/** The children that are numbered from 1 on, in the order of their numbers; gaps do not matter. */
export function numbered({ children }: ParameterTree): ParameterTree[] {
  return [...children]
    .filter(([part]) => /^[1-9]\d{0,8}$/.test(part))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
