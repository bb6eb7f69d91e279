import { type Condition, compileCondition } from './condition/condition.ts'
import { type Listed, type PolicyKind, type PolicyStatement, parsePolicyDocument } from './document.ts'
import { compileGlob, type Glob, globPieces } from './glob.ts'
import { isSpared, type Naming, namingOf } from './principal-element.ts'
import type { PolicyRequest } from './request.ts'
import { globPattern, parsePolicyText, type TextPattern } from './text-pattern.ts'

/** A compiled policy: it answers any number of requests. */
export interface Policy {
  readonly statements: readonly Statement[]
}

/** A compiled statement. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** Its place in the document: `Statement[0]`. */
  readonly place: string
  readonly sid?: string
  /** The keys of its conditions, in lower case. */
  readonly conditionKeys: readonly string[]
  /** @returns `undefined` when it says nothing about the request. */
  applies(request: PolicyRequest): Naming | undefined
  /** Whether it would apply if all its conditions held. */
  concerns(request: PolicyRequest): Naming | undefined
}

/**
 * Compiles a policy document.
 * @throws {PolicyError} when it is none, in AWS's words, with the place.
 */
export function compilePolicy(text: string, kind: PolicyKind): Policy {
  const { hasVariables, statements } = parsePolicyDocument(text, kind)
  return { statements: statements.map((statement) => compileStatement(statement, hasVariables)) }
}

function compileStatement(statement: PolicyStatement, hasVariables: boolean): Statement {
  const { effect, place, sid } = statement
  const namesPrincipal = principalTest(statement)
  const matchesAction = listTest(statement.actions, (action) =>
    ignoringCase(compileGlob(globPieces(action.toLowerCase()))),
  )
  const matchesResource = resourceTest(statement, hasVariables)
  const conditions = statement.conditions.map((written): Condition => compileCondition({ ...written, hasVariables }))

  function concerns(request: PolicyRequest): Naming | undefined {
    const naming = namesPrincipal(request)
    if (naming === undefined || !matchesAction(request.action, request)) return undefined
    return matchesResource(request.resource, request) ? naming : undefined
  }

  return {
    effect,
    place,
    ...(sid !== undefined && { sid }),
    conditionKeys: statement.conditions.map(({ key }) => key.toLowerCase()),
    concerns,
    applies(request) {
      const naming = concerns(request)
      return naming !== undefined && conditions.every((holds) => holds(request.context)) ? naming : undefined
    },
  }
}

/** A policy without principals is one of the identity itself. */
function principalTest({ principals, effect }: PolicyStatement): (request: PolicyRequest) => Naming | undefined {
  if (!principals) return () => 'itself'
  const { not, values } = principals
  if (!not) return ({ principal }) => namingOf(values, principal)
  if (effect === 'Deny') return ({ principal }) => (isSpared(values, principal) ? undefined : 'itself')
  return ({ principal }) => (namingOf(values, principal) === undefined ? 'itself' : undefined)
}

type Test = (text: string, request: PolicyRequest) => boolean

function resourceTest({ resources, place }: PolicyStatement, hasVariables: boolean): Test {
  if (!resources) return () => true
  return listTest(resources, (resource) => {
    const pattern: TextPattern = globPattern(parsePolicyText(resource, hasVariables, `${place}.Resource`))
    return (text, { context }) => pattern(text, context)
  })
}

function listTest({ not, values }: Listed<readonly string[]>, compile: (value: string) => Test): Test {
  const tests = values.map(compile)
  return (text, request) => tests.some((matches) => matches(text, request)) !== not
}

/** Action names are case-insensitive, ARNs are not (documented). */
function ignoringCase(glob: Glob): Test {
  return (text) => glob(text.toLowerCase())
}
