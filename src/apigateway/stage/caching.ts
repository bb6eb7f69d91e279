import type { CacheClusterSize } from '@aws-sdk/client-api-gateway'
import type { DeployedCache, DeployedStage, MethodCaching } from '../../snapshot/rest-api.ts'
import { defaultMethodSetting, type MethodSettingRecord } from './method-setting.ts'
import type { StageRecord } from './stage.ts'

/** Every `cacheClusterSize`, in gigabytes. */
export const cacheSizes = [
  '0.5',
  '1.6',
  '6.1',
  '13.5',
  '28.4',
  '58.2',
  '118',
  '237',
] as const satisfies CacheClusterSize[]

const bytesPerGigabyte = 1_073_741_824

type Cached = Pick<StageRecord, 'cacheClusterEnabled' | 'cacheClusterSize'>

/** A cache has the smallest size unless another is asked for. */
export function withCacheSize<S extends Cached>(stage: S): S {
  return stage.cacheClusterEnabled ? { cacheClusterSize: cacheSizes[0], ...stage } : stage
}

/** Documented: a cache that is removed, or gets another size, loses what it holds. */
export function losesCache(before: Cached, after: Cached): boolean {
  if (!before.cacheClusterEnabled) return false
  return !after.cacheClusterEnabled || before.cacheClusterSize !== after.cacheClusterSize
}

/** The name by which the data plane knows the cache of a stage. */
export function cacheName(scope: string, restApiId: string, stageName: string): string {
  return `${scope}/${restApiId}/${stageName}`
}

/** What the data plane caches for a stage. */
export function cacheOf(stage: StageRecord): Pick<DeployedStage, 'cache'> {
  const { cacheClusterEnabled, cacheClusterSize = cacheSizes[0], methodSettings } = stage
  if (!cacheClusterEnabled) return {}
  const maxBytes = Math.floor(Number(cacheClusterSize) * bytesPerGigabyte)
  return { cache: { maxBytes, methods: cachingOf(methodSettings) } }
}

/** Documented: with the cache alone, without any setting, every `GET` is cached. */
function cachingOf(methodSettings: StageRecord['methodSettings']): DeployedCache['methods'] {
  const byDefault = methodCaching({ ...defaultMethodSetting, cachingEnabled: true })
  const own = Object.entries(methodSettings).map(([key, setting]) => [key, methodCaching(setting)] as const)
  return { '*/*': byDefault, ...Object.fromEntries(own) }
}

/** Documented: a time to live of 0 is no caching. */
function methodCaching(setting: MethodSettingRecord): MethodCaching | null {
  if (!setting.cachingEnabled || setting.cacheTtlInSeconds === 0) return null
  return {
    ttlSeconds: setting.cacheTtlInSeconds,
    requireAuthorization: setting.requireAuthorizationForCacheControl,
    unauthorized: setting.unauthorizedCacheControlHeaderStrategy,
  }
}
