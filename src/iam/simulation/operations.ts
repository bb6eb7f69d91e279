import type { Principal } from '../../policy/request.ts'
import type { Reader } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { IamInput, IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { invalidInput } from '../refusal.ts'
import { principalPolicies } from './principal-policies.ts'
import { type SimulatedPolicy, type Simulation, simulate, simulatedPolicy } from './simulate.ts'

type CustomInput = IamInput<'SimulateCustomPolicy'>
type PrincipalInput = IamInput<'SimulatePrincipalPolicy'>

export function simulationOperations({ store }: IamDependencies) {
  return {
    async SimulateCustomPolicy(input, caller) {
      refuseParameters('SimulateCustomPolicy', {
        OrderedOrganizationPolicyInputList: input.OrderedOrganizationPolicyInputList,
        ResourceHandlingOption: input.ResourceHandlingOption,
      })
      const identity = inputPolicies(input.PolicyInputList, 'PolicyInputList')
      return answer(simulationOf(input, caller, { identity, ...boundaryOf(input) }), input)
    },

    SimulatePrincipalPolicy: (input, caller) =>
      store.read(async (reader) => {
        refuseParameters('SimulatePrincipalPolicy', {
          PolicyExclusionList: input.PolicyExclusionList,
          ResourceHandlingOption: input.ResourceHandlingOption,
        })
        const policies = await policiesOf(reader, caller, input)
        return answer(simulationOf(input, caller, policies, input.PolicySourceArn), input)
      }),
  } satisfies Partial<IamOperations>
}

/** The principal's own policies, with those that are given beside and instead of them. */
async function policiesOf(reader: Reader, caller: Caller, input: PrincipalInput) {
  const { identity, boundary } = await principalPolicies(reader, caller, input.PolicySourceArn)
  const added = inputPolicies(input.PolicyInputList ?? [], 'PolicyInputList')
  return { identity: [...identity, ...added], ...(boundary && { boundary }), ...boundaryOf(input) }
}

function boundaryOf({ PermissionsBoundaryPolicyInputList: documents }: CustomInput | PrincipalInput) {
  return documents && { boundary: inputPolicies(documents, 'PermissionsBoundaryPolicyInputList') }
}

/** Policies that are given are named after their place. */
function inputPolicies(documents: readonly string[], list: string): SimulatedPolicy[] {
  return documents.map((document, index) => simulatedPolicy(document, 'identity', `${list}.${index + 1}`))
}

function simulationOf(
  { ActionNames, ResourceArns = ['*'], ResourcePolicy, ...input }: CustomInput | PrincipalInput,
  caller: Caller,
  policies: Pick<Simulation, 'identity' | 'boundary'>,
  sourceArn?: string,
): Simulation {
  const callerArn = input.CallerArn ?? sourceArn
  if (ResourcePolicy !== undefined && callerArn === undefined) {
    throw invalidInput('CallerArn is required when ResourcePolicy is specified')
  }
  return {
    actions: ActionNames,
    resources: ResourceArns,
    ...policies,
    ...(ResourcePolicy !== undefined && {
      resourcePolicy: simulatedPolicy(ResourcePolicy, 'resource', 'ResourcePolicy', 'resource'),
    }),
    principal: principalOf(callerArn, caller),
    resourceOwner: ownerOf(input.ResourceOwner, caller),
    context: input.ContextEntries ?? [],
  }
}

function principalOf(arn: string | undefined, { account }: Caller): Principal {
  return { type: 'AWS', names: arn === undefined ? [] : [arn], account: parseArn(arn ?? '')?.account ?? account }
}

/** An account, or its root's ARN. */
function ownerOf(owner: string | undefined, { account }: Caller): string {
  if (owner === undefined) return account
  return parseArn(owner)?.account ?? owner
}

function answer(simulation: Simulation, request: CustomInput | PrincipalInput) {
  const results = simulate(simulation).map((result, index) => ({ result, key: String(index).padStart(9, '0') }))
  const { items, position } = page(results, ({ key }) => key, request)
  return { EvaluationResults: items.map(({ result }) => result), ...position }
}

/** 501 for each given parameter that is not built: a simulation must not leave out what it was asked to take in. */
function refuseParameters(operation: string, given: Readonly<Record<string, unknown>>): void {
  const [unbuilt] = Object.entries(given).find(([, value]) => value !== undefined) ?? []
  if (unbuilt === undefined) return
  const message = `The parameter ${unbuilt} of ${operation} is not implemented.`
  throw new ServiceError('NotImplementedException', message, { status: 501 })
}
