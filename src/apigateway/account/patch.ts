import { type PatchRule, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText } from '../../wire/patch-rules.ts'
import { badRequest } from '../refusal.ts'
import type { AccountRecord } from './account.ts'

/** What `UpdateAccount` accepts. */
export const accountPatch: PatchTable<AccountRecord> = {
  refuse: strictPaths,
  rules: [optionalText('/cloudwatchRoleArn', 'cloudwatchRoleArn'), features()],
}

/** A switch of old accounts. Documented: usage plans cannot be switched off again; here every account has them. */
function features(): PatchRule<AccountRecord> {
  const check = (value: string | undefined) => {
    if (value !== 'UsagePlans') throw badRequest(`Invalid feature specified: ${value ?? 'null'}`)
  }
  return {
    path: '/features',
    add: (account, { value }) => {
      check(value)
      return account
    },
    remove: (_, { value }) => {
      check(value)
      throw badRequest('Usage Plans cannot be disabled once enabled')
    },
  }
}
