import type { ContextEntry, EvaluationResult, PolicySourceType, Statement } from '@aws-sdk/client-iam'
import { authorize, type Decision } from '../../policy/authorize.ts'
import { type PolicyKind, parsePolicyDocument } from '../../policy/document.ts'
import { compilePolicy, type Policy } from '../../policy/policy.ts'
import { PolicyError } from '../../policy/policy-error.ts'
import type { ConditionContext, PolicyRequest, Principal } from '../../policy/request.ts'
import { invalidInput } from '../refusal.ts'

/** A policy that takes part in a simulation. */
export interface SimulatedPolicy {
  readonly sourceId: string
  readonly sourceType?: PolicySourceType
  readonly policy: Policy
  /** Condition keys as the document writes them. */
  readonly conditionKeys: readonly string[]
}

/** What is asked, with the policies that answer. */
export interface Simulation {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly identity: readonly SimulatedPolicy[]
  /** Absent: nothing limits the identity's policies. */
  readonly boundary?: readonly SimulatedPolicy[]
  readonly resourcePolicy?: SimulatedPolicy
  readonly principal: Principal
  /** The account of the resources. */
  readonly resourceOwner: string
  readonly context: readonly ContextEntry[]
}

/** @throws {ServiceError} `InvalidInput` for a document that is no policy. */
export function simulatedPolicy(
  document: string,
  kind: Exclude<PolicyKind, 'trust'>,
  sourceId: string,
  sourceType?: PolicySourceType,
): SimulatedPolicy {
  try {
    const { statements } = parsePolicyDocument(document, kind)
    return {
      sourceId,
      ...(sourceType !== undefined && { sourceType }),
      policy: compilePolicy(document, kind),
      conditionKeys: statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
    }
  } catch (cause) {
    if (cause instanceof PolicyError) throw invalidInput(cause.message)
    throw cause
  }
}

/** Decides on every action with every resource, in the order in which they are given. */
export function simulate(simulation: Simulation): EvaluationResult[] {
  return simulation.actions.flatMap((action) =>
    simulation.resources.map((resource) => simulateOne(simulation, action, resource)),
  )
}

function simulateOne(simulation: Simulation, action: string, resource: string): EvaluationResult {
  const { identity, boundary, resourcePolicy, principal, resourceOwner } = simulation
  const asked = new Set<string>()
  const request = { principal, action, resource, context: recordMissing(contextOf(simulation.context), asked) }
  const layers = {
    identity: identity.map(({ policy }) => policy),
    ...(boundary && { boundary: boundary.map(({ policy }) => policy) }),
  }
  const sameAccount = principal.account === undefined || principal.account === resourceOwner
  const decision = authorize(request, layers, resourcePolicy?.policy, sameAccount)
  const policies = [...identity, ...(boundary ?? []), ...(resourcePolicy ? [resourcePolicy] : [])]
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisionType(decision),
    MatchedStatements: matched(policies, request, decision),
    MissingContextValues: missing(asked, policies),
    ...(boundary && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: authorize(request, { identity: layers.boundary ?? [] }, undefined, true).allowed,
      },
    }),
  }
}

function decisionType(decision: Decision): 'allowed' | 'explicitDeny' | 'implicitDeny' {
  if (decision.allowed) return 'allowed'
  return decision.explicit ? 'explicitDeny' : 'implicitDeny'
}

/** The statements that brought the decision about: those that allow, or else those that deny. */
function matched(policies: readonly SimulatedPolicy[], request: PolicyRequest, decision: Decision): Statement[] {
  const effect = decision.allowed ? 'Allow' : 'Deny'
  return policies.flatMap(({ policy, sourceId, sourceType }) =>
    policy.statements
      .filter((statement) => statement.effect === effect && statement.applies(request) !== undefined)
      .map(() => ({ SourcePolicyId: sourceId, ...(sourceType !== undefined && { SourcePolicyType: sourceType }) })),
  )
}

function contextOf(entries: readonly ContextEntry[]): ConditionContext {
  const values = new Map(
    entries.map(({ ContextKeyName: name = '', ContextKeyType: type = 'string', ContextKeyValues: given = [] }) => {
      return [name.toLowerCase(), type.endsWith('List') ? given : given[0]] as const
    }),
  )
  return (key) => values.get(key)
}

/** Notes the keys that policies ask for in vain. */
function recordMissing(context: ConditionContext, asked: Set<string>): ConditionContext {
  return (key) => {
    const value = context(key)
    if (value === undefined) asked.add(key)
    return value
  }
}

/** The keys as the documents write them; those of policy variables are known in lower case only. */
function missing(asked: ReadonlySet<string>, policies: readonly SimulatedPolicy[]): string[] {
  const written = new Map(policies.flatMap(({ conditionKeys }) => conditionKeys.map((key) => [key.toLowerCase(), key])))
  return [...asked].map((key) => written.get(key) ?? key)
}
