import type { Policy } from '../../policy/policy.ts'
import type { Flight, Flights } from '../../response-cache/flights.ts'
import type { CachedResponse, CacheKey, ResponseCache } from '../../response-cache/response-cache.ts'
import type { MethodCaching } from '../../snapshot/rest-api.ts'
import { timeoutOf } from '../integration/transfer-mode.ts'
import type { Invocation } from '../invocation.ts'
import type { Handler, Step } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { cacheKeys } from './cache-keys.ts'
import { cachingOf } from './caching-of.ts'
import { invalidations, wantsInvalidation, withWarning } from './invalidation.ts'
import { cachedReply, wholeReply } from './whole-response.ts'

export interface CacheOutside {
  readonly responses: ResponseCache
  readonly flights: Flights
  /** Upper limit of every integration's `timeoutInMillis`. */
  readonly maxIntegrationTimeoutMs: number
}

/**
 * Answers calls by what the integration answered an equal call before. What the gateway itself refuses is not cached, for it is
 * thrown; what a backend answers is, whatever its status (observed). Of many equal calls that miss, one asks the backend.
 */
export function cacheResponses(outside: CacheOutside, resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return (deployed, next) => {
    const { cache } = deployed.stage
    const settings = cachingOf(deployed)
    if (!cache || !settings) return next
    const keyOf = cacheKeys(deployed, cache, outside.responses)
    const decideOn = invalidations(deployed, resourcePolicy)
    const { find, fill, refill } = filling(deployed, next, outside)

    return (invocation) => {
      const caching = settings(invocation.request.method)
      if (!caching) return next(invocation)
      const decided = wantsInvalidation(invocation.request.headers) ? decideOn(invocation, caching) : 'ignored'
      const key = keyOf(invocation)
      if (decided === 'granted') return refill(key, invocation, caching)
      const reply = find(key) ?? fill(key, invocation, caching)
      if (decided === 'ignored') return reply
      return reply instanceof Promise ? reply.then(withWarning) : withWarning(reply)
    }
  }
}

/** How the cache of one method is asked and filled. */
interface Filling {
  find(key: CacheKey): Reply | undefined
  /** Waits for the equal call that is under way, or asks the backend and keeps what it answers. */
  fill(key: CacheKey, invocation: Invocation, caching: MethodCaching): Reply | Promise<Reply>
  /** Asks the backend in any case. */
  refill(key: CacheKey, invocation: Invocation, caching: MethodCaching): Promise<Reply>
}

function filling({ method }: DeployedMethod, next: Handler, outside: CacheOutside): Filling {
  const { responses, flights, maxIntegrationTimeoutMs } = outside
  const patienceMs = timeoutOf(method.integration, maxIntegrationTimeoutMs)

  function find(key: CacheKey): Reply | undefined {
    const response = responses.find(key)
    return response && cachedReply(response)
  }

  /** Asks the backend, keeps what it answers, and ends the flight. */
  async function ask(flight: Flight, key: CacheKey, invocation: Invocation, caching: MethodCaching): Promise<Reply> {
    try {
      const whole = wholeReply(await next(invocation), responses.maxResponseBytes)
      const { reply, response } = whole instanceof Promise ? await whole : whole
      if (response && flight.isCurrent) responses.keep(key, response, caching.ttlSeconds)
      return reply
    } finally {
      flight.end()
    }
  }

  function fly(flight: Flight, key: CacheKey, invocation: Invocation, caching: MethodCaching): Reply | Promise<Reply> {
    // An equal call may have ended since this one looked.
    const known = find(key)
    if (!known && responses.fetch) return flyBeyond(flight, key, invocation, caching, responses.fetch(key))
    if (!known) return ask(flight, key, invocation, caching)
    flight.end()
    return known
  }

  async function flyBeyond(
    flight: Flight,
    key: CacheKey,
    invocation: Invocation,
    caching: MethodCaching,
    fetching: Promise<CachedResponse | undefined>,
  ): Promise<Reply> {
    const response = await fetching
    if (!response) return ask(flight, key, invocation, caching)
    flight.end()
    return cachedReply(response)
  }

  async function follow(key: CacheKey, invocation: Invocation, caching: MethodCaching): Promise<Reply> {
    await flights.ended(key, patienceMs)
    const known = find(key)
    if (known) return known
    // What it brought is not cached. Who waited for it once waits for no other.
    const flight = flights.begin(key)
    return flight ? fly(flight, key, invocation, caching) : next(invocation)
  }

  return {
    find,
    fill(key, invocation, caching) {
      const first = flights.begin(key)
      return first ? fly(first, key, invocation, caching) : follow(key, invocation, caching)
    },
    refill(key, invocation, caching) {
      return ask(flights.replace(key), key, invocation, caching)
    },
  }
}
