import { loopNames } from '../compile/foreach.ts'
import type { Reference } from '../syntax/ast.ts'
import type { FunctionCode } from './template-code.ts'

const facts: ReadonlyMap<string, (index: string, length: string) => string> = new Map([
  ['hasNext', (index, length) => `(${index} + 1 < ${length})`],
  ['index', (index) => index],
  ['count', (index) => `(${index} + 1)`],
  ['first', (index) => `(${index} < 1)`],
  ['last', (index, length) => `(${index} + 1 >= ${length})`],
])

/** `$foreach.hasNext` and its like, where the code itself knows them: no `$foreach` has to be made for them. */
export function loopFactCode({ name, path, verbatim }: Reference, code: FunctionCode): string | undefined {
  const [access, ...more] = path
  if (name !== loopNames.scope || verbatim !== undefined || access?.type !== 'property' || more.length > 0)
    return undefined
  const { loop, effects } = code
  if (!loop || effects.elsewhere || effects.variables.has(loopNames.scope)) return undefined
  return facts.get(access.name)?.(loop.index, loop.length)
}
