import { type PatchRule, replaceOnly } from '../wire/patch-operations.ts'
import { oneOf } from './one-of.ts'
import { badRequest } from './refusal.ts'

/** `replace` of a member by one of a few words. */
export function choice<R, T extends string>(
  path: string,
  options: readonly T[],
  set: (record: R, option: T) => R,
): PatchRule<R> {
  return {
    path,
    refuse: replaceOnly,
    replace: (record, { value }) => {
      const option = oneOf(options, value)
      if (option === undefined) throw badRequest(`Invalid ${path.slice(1)} specified. Valid options are ${options}`)
      return set(record, option)
    },
  }
}
