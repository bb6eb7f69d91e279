import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import { badRequest } from '../../apigateway/refusal.ts'
import { isReservedHeader } from '../../parameter-mapping/reserved-headers.ts'
import type { Input } from '../../wire/operation.ts'
import type { RoutingCondition } from './routing-rule.ts'

type Conditions = Input<typeof Sdk, 'CreateRoutingRule'>['Conditions']

/** Documented. */
const maxHeaders = 2
const maxHeaderLength = 39
const maxGlobLength = 127
const maxBasePathLength = 127
/** Observed: shorter than other globs. */
const maxInfixGlobLength = 40

/** Documented, but for the star in a header's name, which was observed to be accepted. */
const headerForm = /^[A-Za-z0-9*?\-!#$%&'.^_`|~]+$/
/** A star may only begin the text, end it, or do both. */
const globForm = /^\*?[A-Za-z0-9?\-!#$%&'.^_`|~]+\*?$/
const basePathForm = /^[A-Za-z0-9$\-_.+!*'()]+(?:\/[A-Za-z0-9$\-_.+!*'()]+)*$/

/** Documented: no condition can ask about these, nor about what is reserved elsewhere. */
const reservedHeaders: ReadonlySet<string> = new Set(['x-apigw-api-id', 'x-restapi'])

/**
 * Reads the conditions of a rule: at most one about the base path, and two about headers.
 * @throws {ServiceError} `BadRequestException` for more, and for what cannot be matched.
 */
export function readConditions(conditions: Conditions): RoutingCondition[] {
  const read = conditions.map(readCondition)
  const basePaths = read.flatMap((condition) => ('matchBasePaths' in condition ? condition.matchBasePaths : []))
  const headers = read.flatMap((condition) => ('matchHeaders' in condition ? condition.matchHeaders : []))
  if (basePaths.length > 1) throw badRequest('A routing rule can match one base path at most.')
  if (headers.length > maxHeaders) throw badRequest(`A routing rule can match ${maxHeaders} headers at most.`)
  return read
}

function readCondition({ MatchBasePaths, MatchHeaders }: Conditions[number]): RoutingCondition {
  if (MatchBasePaths && !MatchHeaders && MatchBasePaths.AnyOf.length > 0) {
    MatchBasePaths.AnyOf.forEach(checkBasePath)
    return { matchBasePaths: MatchBasePaths.AnyOf }
  }
  if (MatchHeaders && !MatchBasePaths && MatchHeaders.AnyOf.length > 0) {
    const matchHeaders = MatchHeaders.AnyOf.map(({ Header, ValueGlob }) => ({ header: Header, valueGlob: ValueGlob }))
    for (const { header, valueGlob } of matchHeaders) {
      checkHeader(header)
      checkGlob(valueGlob)
    }
    return { matchHeaders }
  }
  throw badRequest('Each condition of a routing rule must specify either matchBasePaths or matchHeaders.')
}

function checkBasePath(basePath: string): void {
  if (basePath.length <= maxBasePathLength && basePathForm.test(basePath)) return
  throw badRequest(`Invalid base path specified in a routing rule condition: ${basePath}`)
}

function checkHeader(header: string): void {
  if (header.length > maxHeaderLength || !headerForm.test(header)) {
    throw badRequest(`Invalid header specified in a routing rule condition: ${header}`)
  }
  const name = header.toLowerCase()
  if (reservedHeaders.has(name) || isReservedHeader(name)) {
    throw badRequest(`Header ${header} is not supported in routing rule conditions.`)
  }
}

function checkGlob(glob: string): void {
  const isInfix = glob.length > 1 && glob.startsWith('*') && glob.endsWith('*')
  const isAny = glob === '*'
  const maxLength = isInfix ? maxInfixGlobLength : maxGlobLength
  if (glob.length <= maxLength && (isAny || globForm.test(glob))) return
  throw badRequest(`Invalid header value specified in a routing rule condition: ${glob}`)
}
