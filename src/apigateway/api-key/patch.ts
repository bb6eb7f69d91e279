import type { PatchRefusal, PatchRule, PatchTable } from '../../wire/patch-operations.ts'
import { strictPaths } from '../../wire/patch-operations.ts'
import { flag, optionalText } from '../../wire/patch-rules.ts'
import { badRequest } from '../refusal.ts'
import type { ApiKeyRecord } from './api-key.ts'

/** Observed: the legacy paths are not told of. */
const listedPaths: PatchRefusal = (operation, supported) =>
  strictPaths(
    operation,
    supported.filter((path) => path !== '/stages'),
  )

/** What `UpdateApiKey` accepts, in the order in which its refusals list the paths. */
export const apiKeyPatch: PatchTable<ApiKeyRecord> = {
  refuse: listedPaths,
  rules: [
    optionalText('/description', 'description'),
    flag('/enabled', 'enabled'),
    optionalText('/name', 'name'),
    optionalText('/customerId', 'customerId'),
    stages(),
  ],
}

function stages(): PatchRule<ApiKeyRecord> {
  return {
    path: '/stages',
    add: (key, { value }) => ({ ...key, stageKeys: [...new Set([...key.stageKeys, stageKey(value)])] }),
    remove: (key, { value }) => ({ ...key, stageKeys: key.stageKeys.filter((stage) => stage !== stageKey(value)) }),
  }
}

function stageKey(value = ''): string {
  if (!/^[^/]+\/[^/]+$/.test(value)) throw badRequest(`Invalid stage key specified: ${value}`)
  return value
}
