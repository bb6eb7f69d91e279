import { loosePaths, type PatchTable, replaceOnly } from '../../wire/patch-operations.ts'
import { flag, mapEntry, optionalText, text, valueInList } from '../../wire/patch-rules.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'
import type { MethodRecord } from './method.ts'
import { usesAuthorizer } from './rules.ts'

/** Observed: what a patch says about a parameter that is not there. */
export const noSuchParameter = () => notFound('Invalid parameter name specified')
/** Observed: what a patch says about a model for a media type that has none. */
export const noSuchContentType = () => notFound('Content-Type specified was not found')

/** What `UpdateMethod` accepts. */
export const methodPatch: PatchTable<MethodRecord> = {
  refuse: loosePaths,
  rules: [
    { ...text('/authorizationType', 'authorizationType'), refuse: replaceOnly },
    { ...optionalText('/authorizerId', 'authorizerId'), refuse: replaceOnly },
    { ...flag('/apiKeyRequired', 'apiKeyRequired'), refuse: replaceOnly },
    { ...optionalText('/operationName', 'operationName'), refuse: replaceOnly },
    { ...optionalText('/requestValidatorId', 'requestValidatorId'), refuse: replaceOnly },
    valueInList('/authorizationScopes', 'authorizationScopes'),
    mapEntry('/requestParameters/{name}', 'requestParameters', {
      parse: (value) => value?.toLowerCase() === 'true',
      absent: noSuchParameter,
    }),
    mapEntry('/requestModels/{type}', 'requestModels', { parse: (value = '') => value, absent: noSuchContentType }),
  ],
}

/**
 * Leaves out what a patch has emptied, and the authorizer of a method that uses none. Observed: naming an authorizer
 * beside such an authorization type is neither refused nor kept.
 */
export function settled(method: MethodRecord): MethodRecord {
  const { authorizerId, requestParameters, requestModels, authorizationScopes, ...rest } = method
  const parameters = nonEmpty(requestParameters)
  const models = nonEmpty(requestModels)
  const scopes = nonEmpty(authorizationScopes)
  return {
    ...rest,
    ...(authorizerId !== undefined && usesAuthorizer(method) && { authorizerId }),
    ...(parameters && { requestParameters: parameters }),
    ...(models && { requestModels: models }),
    ...(scopes && { authorizationScopes: scopes }),
  }
}
