import assert from 'node:assert/strict'
import { localLimits } from '../limiter/limits.ts'
import { sharedSlots, slotMemory } from '../limiter/shared-slots.ts'
import { apiKeys } from './api-key/api-keys.ts'
import { fixedIds, networkOf, noCredentials, ownCache, silentLog } from './fixtures.ts'
import type { Outside } from './integration/integrate.ts'

/** A world that nothing is asked of, but for what a test gives: whoever asks fails the test. */
export function untouched(given: Partial<Outside> = {}): Outside {
  return {
    functions: { invoke: async () => assert.fail('no function is called') },
    queueEvent: async () => assert.fail('no event is queued'),
    credentials: noCredentials,
    network: networkOf(() => assert.fail('no backend is called')),
    services: { endpoints: [], roles: [] },
    signatures: { begin: () => assert.fail('no signature is verified') },
    userPools: { verifier: () => assert.fail('no token is verified') },
    jwtIssuers: { verifier: () => assert.fail('no token is verified') },
    apiKeys: apiKeys(),
    limits: localLimits(sharedSlots(slotMemory(64))),
    announceLimits: false,
    ...ownCache(),
    ids: fixedIds,
    now: () => 0,
    log: silentLog,
    maxIntegrationTimeoutMs: 29_000,
    ...given,
  }
}
