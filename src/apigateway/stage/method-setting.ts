import type { UnauthorizedCacheControlHeaderStrategy } from '@aws-sdk/client-api-gateway'
import type { PatchRefusal, PatchRule } from '../../wire/patch-operations.ts'
import { parseNumber, without } from '../../wire/patch-rules.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'

/** Settings of one method of a stage, or of all that have none of their own. */
export interface MethodSettingRecord {
  readonly metricsEnabled: boolean
  /** Absent: off. */
  readonly loggingLevel?: LoggingLevel
  readonly dataTraceEnabled: boolean
  readonly throttlingBurstLimit: number
  /** Calls per second. */
  readonly throttlingRateLimit: number
  readonly cachingEnabled: boolean
  readonly cacheTtlInSeconds: number
  readonly cacheDataEncrypted: boolean
  readonly requireAuthorizationForCacheControl: boolean
  readonly unauthorizedCacheControlHeaderStrategy: UnauthorizedCacheControlHeaderStrategy
}

type LoggingLevel = 'OFF' | 'ERROR' | 'INFO'

/** Observed: the first setting of a method makes all the others appear with these values. */
export const defaultMethodSetting: MethodSettingRecord = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
}

type Parse = (value: string | undefined, setting: string) => Partial<MethodSettingRecord>

const isTrue = (value = '') => value.toLowerCase() === 'true'
const numeric = (value: string | undefined, setting: string) =>
  parseNumber(value, `Invalid value of ${setting}: ${value}`)
const maxTtlSeconds = 3_600
const timeToLive = (value: string | undefined, setting: string) => {
  const seconds = numeric(value, setting)
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= maxTtlSeconds) return seconds
  throw badRequest(`Invalid value of ${setting}: ${value}. Must be between 0 and ${maxTtlSeconds}`)
}
const strategies = ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'] as const

/** What follows the method in a patch path, and how its value is read. */
const settings: Readonly<Record<string, Parse>> = {
  'metrics/enabled': (value) => ({ metricsEnabled: isTrue(value) }),
  'logging/dataTrace': (value) => ({ dataTraceEnabled: isTrue(value) }),
  'logging/loglevel': (value, setting) => ({ loggingLevel: word(['OFF', 'ERROR', 'INFO'] as const, value, setting) }),
  'throttling/burstLimit': (value, setting) => ({ throttlingBurstLimit: numeric(value, setting) }),
  'throttling/rateLimit': (value, setting) => ({ throttlingRateLimit: numeric(value, setting) }),
  'caching/enabled': (value) => ({ cachingEnabled: isTrue(value) }),
  'caching/ttlInSeconds': (value, setting) => ({ cacheTtlInSeconds: timeToLive(value, setting) }),
  'caching/dataEncrypted': (value) => ({ cacheDataEncrypted: isTrue(value) }),
  'caching/requireAuthorizationForCacheControl': (value) => ({ requireAuthorizationForCacheControl: isTrue(value) }),
  'caching/unauthorizedCacheControlHeaderStrategy': (value, setting) => ({
    unauthorizedCacheControlHeaderStrategy: word(strategies, value, setting),
  }),
}

/** The service knows no `ANY` here (observed): a setting is for one verb, or for everything. */
const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']

/** Whatever has settings by method. */
interface HasMethodSettings {
  readonly methodSettings: Record<string, MethodSettingRecord>
}

/**
 * The rows for `/{resource~1path}/{VERB}/{setting}` and for the removal of all settings of a method.
 *
 * @param refuse Words the refusal of a path that names no method.
 */
export function methodSettingRules<R extends HasMethodSettings>(refuse: PatchRefusal): PatchRule<R>[] {
  const rows = Object.entries(settings).map(([setting, parse]): PatchRule<R> => {
    const set: PatchRule<R>['replace'] = (stage, operation, resource: string, verb: string) => {
      const key = keyOf(resource, verb)
      if (key === undefined) throw badRequest(refuse(operation, []))
      const changed = { ...(stage.methodSettings[key] ?? defaultMethodSetting), ...parse(operation.value, setting) }
      return { ...stage, methodSettings: { ...stage.methodSettings, [key]: changed } }
    }
    return { path: `/{resource}/{verb}/${setting}`, add: set, replace: set }
  })
  return [...rows, removal()]
}

/**
 * Escapes the slashes of the resource within a method-setting path. Observed: the service takes them both ways.
 *
 * @example canonicalPath('/pets/{petId}/GET/metrics/enabled') // '/pets~1{petId}/GET/metrics/enabled'
 */
export function canonicalPath(path: string): string {
  const [, resource, rest] = methodSettingPath.exec(path) ?? []
  if (resource === undefined || resource.startsWith('canarySettings/')) return path
  return `/${resource.replaceAll('/', '~1')}${rest}`
}

const methodSettingPath = new RegExp(`^/(.+)(/(?:\\*|${verbs.join('|')})(?:/(?:${Object.keys(settings).join('|')}))?)$`)

function removal<R extends HasMethodSettings>(): PatchRule<R> {
  return {
    path: '/{resource}/{verb}',
    remove: (stage, { path = '' }, resource: string, verb: string) => {
      const key = keyOf(resource, verb)
      if (key === undefined || !Object.hasOwn(stage.methodSettings, key)) {
        // Observed, the trailing blank included.
        throw badRequest(
          `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
        )
      }
      return { ...stage, methodSettings: without(stage.methodSettings, key) }
    },
  }
}

/** The key of a method's settings: its path without the leading slash, and its verb. */
function keyOf(resource: string, verb: string): string | undefined {
  if (resource === '*' || verb === '*') return resource === verb ? '*/*' : undefined
  return verbs.includes(verb) ? `${resource.replace(/^\//, '')}/${verb}` : undefined
}

function word<T extends string>(options: readonly T[], value: string | undefined, setting: string): T {
  const option = oneOf(options, value)
  if (option === undefined) throw badRequest(`Invalid value of ${setting}: ${value}. Valid options are ${options}`)
  return option
}
