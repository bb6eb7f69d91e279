import { loosePaths, type PatchRule, type PatchTable, replaceOnly } from '../../wire/patch-operations.ts'
import { mapEntry, nameInList, number, optionalText, text } from '../../wire/patch-rules.ts'
import { noSuchParameter } from '../method/patch.ts'
import { nonEmpty } from '../non-empty.ts'
import type { IntegrationRecord } from './integration.ts'
import { invalidTimeout } from './rules.ts'

/**
 * What `UpdateIntegration` accepts.
 * @param maxTimeoutMs Longest timeout of an integration whose responses are buffered.
 */
export function integrationPatch(maxTimeoutMs: number): PatchTable<IntegrationRecord> {
  return {
    refuse: loosePaths,
    rules: [
      { ...optionalText('/uri', 'uri'), refuse: replaceOnly },
      { ...optionalText('/httpMethod', 'httpMethod'), refuse: replaceOnly },
      { ...optionalText('/credentials', 'credentials'), refuse: replaceOnly },
      { ...text('/passthroughBehavior', 'passthroughBehavior'), refuse: replaceOnly },
      { ...optionalText('/contentHandling', 'contentHandling'), refuse: replaceOnly },
      { ...text('/cacheNamespace', 'cacheNamespace'), refuse: replaceOnly },
      { ...number('/timeoutInMillis', 'timeoutInMillis', invalidTimeout(maxTimeoutMs)), refuse: replaceOnly },
      { ...optionalText('/connectionType', 'connectionType'), refuse: replaceOnly },
      { ...optionalText('/connectionId', 'connectionId'), refuse: replaceOnly },
      { ...text('/responseTransferMode', 'responseTransferMode'), refuse: replaceOnly },
      { ...optionalText('/integrationTarget', 'integrationTarget'), refuse: replaceOnly },
      {
        path: '/tlsConfig/insecureSkipVerification',
        refuse: replaceOnly,
        replace: (integration, { value }) => ({
          ...integration,
          tlsConfig: { insecureSkipVerification: value?.toLowerCase() === 'true' },
        }),
      },
      mapEntry('/requestParameters/{name}', 'requestParameters', {
        parse: (value = '') => value,
        absent: noSuchParameter,
      }),
      mapEntry('/requestTemplates/{type}', 'requestTemplates'),
      cacheKeyParameters(),
    ],
  }
}

function cacheKeyParameters(): PatchRule<IntegrationRecord> {
  const { path, add, remove } = nameInList<IntegrationRecord>('/cacheKeyParameters/{name}', 'cacheKeyParameters')
  return { path, ...(add && { add }), ...(remove && { remove }) }
}

/** Leaves out the maps that a patch has emptied. */
export function settled({ requestParameters, requestTemplates, ...rest }: IntegrationRecord): IntegrationRecord {
  const parameters = nonEmpty(requestParameters)
  const templates = nonEmpty(requestTemplates)
  return {
    ...rest,
    ...(parameters && { requestParameters: parameters }),
    ...(templates && { requestTemplates: templates }),
  }
}
