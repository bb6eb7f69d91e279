import { isVariableSet } from '../compile/block.ts'
import { changingMethods } from '../java/changing-methods.ts'
import { type Part, partsOf } from '../syntax/parts.ts'

/** What rendering a part of a template may do besides printing. */
export interface Effects {
  /** Variables that it sets, besides the facts of its loops. */
  readonly variables: ReadonlySet<string>
  /** Whether it may change lists, maps and other objects. */
  readonly members: boolean
  /** Whether it may end a loop, or itself, before its end. */
  readonly stops: boolean
  /** Whether it renders parts where they do not stand: macros, blocks, and texts that are templates. They may do anything. */
  readonly elsewhere: boolean
}

export function effectsOf(parts: readonly Part[]): Effects {
  const variables = new Set<string>()
  const types = new Set<Part['type']>()
  let members = false
  for (const part of partsOf(parts)) {
    types.add(part.type)
    if (part.type === 'foreach') variables.add(part.variable)
    else if (part.type === 'set' && isVariableSet(part)) variables.add(part.target.name)
    else if (part.type === 'set' || (part.type === 'method' && changingMethods.has(part.name))) members = true
  }
  const elsewhere = types.has('macro') || types.has('call') || types.has('define') || types.has('evaluate')
  return { variables, members, stops: elsewhere || types.has('break') || types.has('stop'), elsewhere }
}
