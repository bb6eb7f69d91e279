import type { AuthorizerType } from '@aws-sdk/client-api-gateway'
import { type PatchRule, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText, parseNumber, text, valueInList, without } from '../../wire/patch-rules.ts'
import { nonEmpty } from '../non-empty.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import type { AuthorizerRecord } from './authorizer.ts'
import { invalidTtl } from './rules.ts'

const types: readonly AuthorizerType[] = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']

/** What `UpdateAuthorizer` accepts. */
export const authorizerPatch: PatchTable<AuthorizerRecord> = {
  refuse: strictPaths,
  rules: [
    text('/name', 'name'),
    authorizerType(),
    valueInList('/providerARNs', 'providerARNs'),
    optionalText('/authType', 'authType'),
    optionalText('/authorizerUri', 'authorizerUri'),
    optionalText('/authorizerCredentials', 'authorizerCredentials'),
    optionalText('/identitySource', 'identitySource'),
    optionalText('/identityValidationExpression', 'identityValidationExpression'),
    resultTtl(),
  ],
}

/** Leaves out what is empty: clients send empty texts and lists for what they do not use. */
export function settled({ id, name, type, ...settings }: AuthorizerRecord): AuthorizerRecord {
  const { providerARNs, authorizerResultTtlInSeconds, ...texts } = settings
  const providers = nonEmpty(providerARNs)
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    id,
    name,
    type,
    ...(providers && { providerARNs: providers }),
    ...(authorizerResultTtlInSeconds !== undefined && { authorizerResultTtlInSeconds }),
  }
}

function authorizerType(): PatchRule<AuthorizerRecord> {
  return {
    path: '/type',
    replace: (authorizer, { value }) => {
      const type = oneOf(types, value)
      if (type === undefined) throw badRequest(`Invalid authorizer type specified. Valid options are ${types}`)
      return { ...authorizer, type }
    },
  }
}

function resultTtl(): PatchRule<AuthorizerRecord> {
  const member = 'authorizerResultTtlInSeconds'
  return {
    path: `/${member}`,
    replace: (authorizer, { value }) =>
      value ? { ...authorizer, [member]: parseNumber(value, invalidTtl) } : without(authorizer, member),
  }
}
