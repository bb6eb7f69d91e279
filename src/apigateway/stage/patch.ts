import type { PatchRefusal, PatchRule, PatchTable } from '../../wire/patch-operations.ts'
import { flag, mapEntry, optionalText, text, without } from '../../wire/patch-rules.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import { cacheSizes } from './caching.ts'
import { canaryRules, invalidCopy } from './canary.ts'
import { methodSettingRules } from './method-setting.ts'
import type { StageRecord } from './stage.ts'

/** Observed, with the separators that are missing. */
const knownPaths =
  '[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, ' +
  '/accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, ' +
  '/{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, ' +
  '/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit' +
  '/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, ' +
  '/{resourcePath}/{httpMethod}/caching/dataEncrypted, ' +
  '/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, ' +
  '/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, ' +
  '/*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit ' +
  '/*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, ' +
  '/*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, ' +
  '/variables/{variable_name}, /tracingEnabled]'

const unknownPath: PatchRefusal = (operation) =>
  operation.op === 'copy'
    ? invalidCopy(operation)
    : `Invalid method setting path: ${operation.path ?? 'null'}. Must be one of: ${knownPaths}`

/** What `UpdateStage` accepts. */
export const stagePatch: PatchTable<StageRecord> = {
  refuse: unknownPath,
  rules: [
    text('/deploymentId', 'deploymentId'),
    optionalText('/description', 'description'),
    flag('/cacheClusterEnabled', 'cacheClusterEnabled'),
    cacheClusterSize(),
    optionalText('/clientCertificateId', 'clientCertificateId'),
    flag('/tracingEnabled', 'tracingEnabled'),
    optionalText('/documentationVersion', 'documentationVersion'),
    mapEntry('/variables/{name}', 'variables'),
    ...accessLogSettings(),
    ...canaryRules,
    ...methodSettingRules<StageRecord>(unknownPath),
  ],
}

function cacheClusterSize(): PatchRule<StageRecord> {
  return {
    path: '/cacheClusterSize',
    replace: (stage, { value }) => {
      const size = oneOf(cacheSizes, value)
      if (size === undefined) throw badRequest(`Invalid cacheClusterSize specified. Valid options are ${cacheSizes}`)
      return { ...stage, cacheClusterSize: size }
    },
  }
}

function accessLogSettings(): PatchRule<StageRecord>[] {
  const set =
    (member: 'destinationArn' | 'format'): NonNullable<PatchRule<StageRecord>['replace']> =>
    (stage, { value }) => {
      if (!value) throw badRequest('Access Log value must not be empty')
      return { ...stage, accessLogSettings: { ...stage.accessLogSettings, [member]: value } }
    }
  const unknownMember: PatchRefusal = () =>
    'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]'
  return [
    { path: '/accessLogSettings/destinationArn', add: set('destinationArn'), replace: set('destinationArn') },
    { path: '/accessLogSettings/format', add: set('format'), replace: set('format') },
    { path: '/accessLogSettings/{member}', refuse: unknownMember },
    { path: '/accessLogSettings', remove: (stage) => without(stage, 'accessLogSettings') },
  ]
}
