import { integer, toggle } from '../kind.ts'
import { setting, withoutDefault } from '../setting.ts'

const maxAccountRate = 1_000_000

/** What calls may take. */
export const limits = {
  maxIntegrationTimeoutMs: setting({
    flag: '--max-integration-timeout-ms',
    env: 'GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS',
    kind: integer({ min: 50, max: 900_000 }),
    default: () => 29_000,
    unit: 'milliseconds',
    description: 'Longest timeout that an integration may have',
    example: 60_000,
  }),
  accountRateLimit: setting({
    flag: '--account-rate-limit',
    env: 'GATEHOUSE_ACCOUNT_RATE_LIMIT',
    kind: withoutDefault(integer({ min: 0, max: maxAccountRate })),
    default: () => undefined,
    defaultText: 'none',
    unit: 'calls per second',
    description:
      'What each account may call in each region in the long run, over all its APIs, as on AWS (10000 there); `accountBurstLimit` goes with it',
    example: 10_000,
  }),
  accountBurstLimit: setting({
    flag: '--account-burst-limit',
    env: 'GATEHOUSE_ACCOUNT_BURST_LIMIT',
    kind: withoutDefault(integer({ min: 0, max: maxAccountRate })),
    default: () => undefined,
    defaultText: 'none',
    unit: 'calls',
    description: 'What each account may call in each region at once (5000 on AWS); `accountRateLimit` goes with it',
    example: 5_000,
  }),
  rateLimitHeaders: setting({
    flag: '--rate-limit-headers',
    env: 'GATEHOUSE_RATE_LIMIT_HEADERS',
    kind: toggle,
    default: () => false,
    description:
      'Tell callers of their limits: `RateLimit` and `RateLimit-Policy` (IETF draft) with every answer under a limit, `Retry-After` with status 429; AWS sends none of them',
    example: true,
  }),
} as const
