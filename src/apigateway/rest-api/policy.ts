import { formatArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import type { RestApiRecord } from './rest-api.ts'

/**
 * Gives an API's policy the form in which the service keeps it. Observed: without blanks, and with the API's own ARN in the
 * place of the `execute-api:` that `execute-api:/{stage}/{VERB}/{path}` begins with.
 *
 * @param api With its id, and with a policy that is a JSON object, if any.
 */
export function withKeptPolicy(api: RestApiRecord, { account, region }: Caller): RestApiRecord {
  if (api.policy === undefined) return api
  const own = formatArn({ service: 'execute-api', region, account, resource: api.id })
  return { ...api, policy: JSON.stringify(JSON.parse(api.policy), (key, value: unknown) => expand(own, key, value)) }
}

/** Observed: a policy is told as the inside of a JSON string, its quotes and slashes escaped. */
export function presentPolicy(policy: string): string {
  return JSON.stringify(policy).slice(1, -1).replaceAll('/', '\\/')
}

function expand(own: string, key: string, value: unknown): unknown {
  if (key !== 'Resource' && key !== 'NotResource') return value
  return Array.isArray(value) ? value.map((item: unknown) => whole(own, item)) : whole(own, value)
}

function whole(own: string, resource: unknown): unknown {
  return typeof resource === 'string' && resource.startsWith('execute-api:/')
    ? own + resource.slice('execute-api:'.length)
    : resource
}
