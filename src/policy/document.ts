import { parseJson } from '../json/parse.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value.ts'
import { PolicyError, syntaxError } from './policy-error.ts'
import { type PrincipalElement, parsePrincipals } from './principal-element.ts'

/**
 * What a policy is attached to: an identity (no `Principal`), a resource (with `Principal`), or a role that may be assumed
 * (with `Principal`, without `Resource`).
 */
export type PolicyKind = 'identity' | 'resource' | 'trust'

/** A policy document as it was written. */
export interface PolicyDocument {
  /** `${…}` is a variable: the version is 2012-10-17. */
  readonly hasVariables: boolean
  readonly statements: readonly PolicyStatement[]
}

export interface PolicyStatement {
  /** `Statement[0]`, for errors. */
  readonly place: string
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  /** Absent in policies of identities. */
  readonly principals?: Listed<PrincipalElement>
  readonly actions: Listed<readonly string[]>
  /** Absent in trust policies. */
  readonly resources?: Listed<readonly string[]>
  readonly conditions: readonly WrittenTest[]
}

/** An element, or its opposite: `Action` or `NotAction`. */
export interface Listed<T> {
  readonly not: boolean
  readonly values: T
}

export interface WrittenTest {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly place: string
}

/**
 * Reads a policy document.
 * @throws {PolicyError} in AWS's words, with the place.
 */
export function parsePolicyDocument(text: string, kind: PolicyKind): PolicyDocument {
  const document = parseObject(text)
  refuseOthers(document, ['Version', 'Id', 'Statement'], '')
  const version = document.get('Version')
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw new PolicyError('The policy must contain a valid version string', 'Version')
  }
  optionalText(document.get('Id'), 'Id')
  const written = document.get('Statement')
  const statements = (Array.isArray(written) ? written : [written]).map((statement, index) =>
    parseStatement(statement, kind, `Statement[${index}]`),
  )
  refuseRepeatedSids(statements)
  return { hasVariables: version === '2012-10-17', statements }
}

function parseObject(text: string): JsonObject {
  let value: JsonValue
  try {
    value = parseJson(text, { uniqueMembers: true })
  } catch (cause) {
    throw Object.assign(new PolicyError('This policy contains invalid Json', ''), { cause })
  }
  if (!isJsonObject(value)) throw syntaxError('')
  return value
}

function parseStatement(value: JsonValue | undefined, kind: PolicyKind, place: string): PolicyStatement {
  if (!isJsonObject(value)) throw syntaxError(place)
  refuseOthers(value, statementMembers, place)
  const effect = value.get('Effect')
  if (effect !== 'Allow' && effect !== 'Deny') throw syntaxError(`${place}.Effect`)
  const sid = optionalText(value.get('Sid'), `${place}.Sid`)
  const actions = listed(value, 'Action', place)
  if (!actions) throw new PolicyError('Policy statement must contain actions.', place)
  for (const action of actions.values) checkAction(action, `${place}.${actions.not ? 'NotAction' : 'Action'}`)
  return {
    place,
    ...(sid !== undefined && { sid }),
    effect,
    ...parsePrincipal(value, kind, place),
    actions,
    ...parseResource(value, kind, place),
    conditions: parseConditions(value.get('Condition'), `${place}.Condition`),
  }
}

const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

function parsePrincipal(value: JsonObject, kind: PolicyKind, place: string): Pick<PolicyStatement, 'principals'> {
  const name = oneOf(value, 'Principal', place)
  if (kind === 'identity') {
    if (name) throw new PolicyError(`Policy document should not specify a principal.`, `${place}.${name}`)
    return {}
  }
  if (!name) throw new PolicyError('Missing required field Principal', place)
  const values = parsePrincipals(value.get(name), `${place}.${name}`)
  return { principals: { not: name === 'NotPrincipal', values } }
}

function parseResource(value: JsonObject, kind: PolicyKind, place: string): Pick<PolicyStatement, 'resources'> {
  const resources = listed(value, 'Resource', place)
  if (kind === 'trust') {
    if (resources) throw new PolicyError('Has prohibited field Resource', place)
    return {}
  }
  if (!resources) throw new PolicyError('Policy statement must contain resources.', place)
  for (const resource of resources.values) checkResource(resource, kind, `${place}.Resource`)
  return { resources }
}

/** Which of an element and its opposite is there; both together are refused. */
function oneOf(value: JsonObject, name: string, place: string): string | undefined {
  const found = [name, `Not${name}`].filter((member) => value.has(member))
  if (found.length > 1) throw syntaxError(place)
  return found[0]
}

function listed(value: JsonObject, name: string, place: string): Listed<readonly string[]> | undefined {
  const found = oneOf(value, name, place)
  if (found === undefined) return undefined
  return { not: found !== name, values: texts(value.get(found), `${place}.${found}`) }
}

/** One text or a list of them, not empty. */
function texts(value: JsonValue | undefined, place: string): readonly string[] {
  const values = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw syntaxError(place)
  return values.map((item) => {
    if (typeof item !== 'string') throw syntaxError(place)
    return item
  })
}

const actionForm = /^(\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+)$/

function checkAction(action: string, place: string): void {
  if (actionForm.test(action)) return
  const colons = action.split(':').length - 1
  if (colons > 1) throw new PolicyError('Actions/Condition can contain only one colon.', place)
  if (colons === 0) {
    throw new PolicyError('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.', place)
  }
  throw syntaxError(place)
}

/** `execute-api:/…` is the short form that policies of APIs may have. */
function checkResource(resource: string, kind: PolicyKind, place: string): void {
  const short = kind === 'resource' && resource.startsWith('execute-api:')
  if (resource.startsWith('arn:') || /^[*?]/.test(resource) || resource.startsWith('${') || short) return
  throw new PolicyError(`Resource ${resource} must be in ARN format or "*".`, place)
}

function parseConditions(value: JsonValue | undefined, place: string): readonly WrittenTest[] {
  if (value === undefined) return []
  return members(value, place).flatMap(([operator, keys]) =>
    members(keys, `${place}.${operator}`).map(([key, values]) => ({
      operator,
      key,
      values: conditionValues(values, `${place}.${operator}.${key}`),
      place: `${place}.${operator}.${key}`,
    })),
  )
}

function members(value: JsonValue, place: string): [string, JsonValue][] {
  if (!isJsonObject(value)) throw syntaxError(place)
  return [...value]
}

/** Numbers and booleans may be written without quotes. */
function conditionValues(value: JsonValue, place: string): readonly string[] {
  const values = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw syntaxError(place)
  return values.map((item) => {
    if (item === null || Array.isArray(item) || isJsonObject(item)) throw syntaxError(place)
    return String(item)
  })
}

function refuseOthers(value: JsonObject, known: readonly string[], place: string): void {
  for (const name of value.keys()) if (!known.includes(name)) throw syntaxError(place ? `${place}.${name}` : name)
}

function optionalText(value: JsonValue | undefined, place: string): string | undefined {
  if (value !== undefined && typeof value !== 'string') throw syntaxError(place)
  return value
}

function refuseRepeatedSids(statements: readonly PolicyStatement[]): void {
  const seen = new Set<string>()
  for (const { sid, place } of statements) {
    if (sid === undefined || sid === '') continue
    if (seen.has(sid)) throw new PolicyError('Statement IDs (SID) in a single policy must be unique.', `${place}.Sid`)
    seen.add(sid)
  }
}
