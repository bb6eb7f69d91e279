import { javaPattern } from '../../../pattern/java-pattern.ts'
import type { LambdaAuthorizer } from '../../../snapshot/authorizer.ts'
import type { Invocation } from '../../invocation.ts'
import { compileSource, type Source } from '../../mapping/source.ts'
import type { CallPlace } from '../../rest/deployed-method.ts'
import { configurationFailure, unauthorized } from './failure.ts'
import { masked } from './masked.ts'

/** What a call says about its caller: what the authorizer's function is asked about, and results are cached by. */
export interface Identity {
  /** Of each identity source, in their order; of `TOKEN`, the one token. */
  readonly values: readonly string[]
  /** As the execution log shows it. */
  shown(): string
}

/**
 * Compiles what an authorizer reads of each call.
 *
 * @param context Values of `context.{name}` that come before the call's own.
 * @throws {GatewayError} from what it returns: `UNAUTHORIZED` for a call without one of the sources (documented: whether or
 *   not results are cached), and for a token that the validation expression does not match as a whole.
 */
export function compileIdentity(
  authorizer: LambdaAuthorizer,
  place: CallPlace,
  context: Readonly<Record<string, string>> = {},
): (invocation: Invocation) => Identity {
  return authorizer.type === 'TOKEN' ? tokenIdentity(authorizer) : requestIdentity(authorizer, place, context)
}

function tokenIdentity({ identitySource = '', identityValidationExpression }: LambdaAuthorizer) {
  const read = headerSource(identitySource)
  const isValid = identityValidationExpression === undefined ? () => true : validation(identityValidationExpression)
  return (invocation: Invocation): Identity => {
    const [token] = read?.(invocation) ?? []
    if (token === undefined) throw unauthorized('The token is missing')
    if (!isValid(token)) throw unauthorized('The token does not match the validation expression')
    return { values: [token], shown: () => masked(token) }
  }
}

function validation(expression: string): (token: string) => boolean {
  const pattern = javaPattern(expression)
  if (pattern) return pattern
  return () => {
    throw configurationFailure(`Invalid identity validation expression: ${expression}`)
  }
}

function requestIdentity(
  { identitySource = '' }: LambdaAuthorizer,
  place: CallPlace,
  context: Readonly<Record<string, string>>,
) {
  const expressions = identitySource.split(',').flatMap((source) => source.trim() || [])
  const sources = expressions.map((expression) => ({
    expression,
    read: headerSource(expression) ?? madeUpSource(expression, context) ?? compileSource(expression, place),
  }))
  return (invocation: Invocation): Identity => {
    const values = sources.map(({ expression, read }) => {
      const found = read?.(invocation) ?? []
      if (found.length === 0) throw unauthorized(`${expression} is missing`)
      return found.join(',')
    })
    return {
      values,
      shown: () => `{${values.map((value, i) => `${expressions[i]}=${masked(value)}`).join(', ')}}`,
    }
  }
}

function madeUpSource(expression: string, context: Readonly<Record<string, string>>): Source | undefined {
  const name = expression.startsWith('context.') ? expression.slice('context.'.length) : ''
  const value = Object.hasOwn(context, name) ? context[name] : undefined
  return value ? () => [value] : undefined
}

/** The names of headers have no case here, in contrast to mappings. */
function headerSource(expression: string): Source | undefined {
  const name = /^method\.request\.header\.(.+)$/.exec(expression)?.[1]?.toLowerCase()
  if (name === undefined) return undefined
  return ({ request }) => {
    const value = request.headers.get(name)
    return value ? [value] : []
  }
}
