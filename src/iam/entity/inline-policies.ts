import type { Store } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { type PageRequest, page } from '../page.ts'
import { checkPolicy, encodeDocument, policySize } from '../policy-document.ts'
import { limitExceeded, noSuchEntity } from '../refusal.ts'
import { type EntityKind, type EntityRecord, loadEntity, saveEntity } from './entity.ts'

interface GivenPolicy {
  readonly PolicyName: string
  readonly PolicyDocument: string
}

/** The operations on inline policies, which are alike for users, groups and roles. */
export function inlinePolicies<R extends EntityRecord>(kind: EntityKind<R>, store: Store) {
  const unknown = (policyName: string) =>
    noSuchEntity(`The ${kind.noun} policy with name ${policyName} cannot be found.`)

  return {
    /** Creates or replaces. */
    put: (name: string, { PolicyName, PolicyDocument }: GivenPolicy, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        checkPolicy(PolicyDocument, 'identity')
        const policies = { ...entity.inlinePolicies, [PolicyName]: PolicyDocument }
        checkSize(kind, name, policies)
        await saveEntity(transaction, kind, caller, { ...entity, inlinePolicies: policies })
        return {}
      }),

    get: (name: string, policyName: string, caller: Caller) =>
      store.read(async (reader) => {
        const { inlinePolicies: policies } = await loadEntity(reader, kind, caller, name)
        const document = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined
        if (document === undefined) throw unknown(policyName)
        return { PolicyName: policyName, PolicyDocument: encodeDocument(document) }
      }),

    delete: (name: string, policyName: string, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        if (!Object.hasOwn(entity.inlinePolicies, policyName)) throw unknown(policyName)
        const { [policyName]: _, ...others } = entity.inlinePolicies
        await saveEntity(transaction, kind, caller, { ...entity, inlinePolicies: others })
        return {}
      }),

    list: (name: string, request: PageRequest, caller: Caller) =>
      store.read(async (reader) => {
        const entity = await loadEntity(reader, kind, caller, name)
        const { items, position } = page(Object.keys(entity.inlinePolicies).sort(), (policy) => policy, request)
        return { PolicyNames: items, ...position }
      }),
  }
}

function checkSize(
  { noun, maxInlineSize }: EntityKind<EntityRecord>,
  name: string,
  policies: EntityRecord['inlinePolicies'],
): void {
  const size = Object.values(policies).reduce((sum, document) => sum + policySize(document), 0)
  if (size <= maxInlineSize) return
  throw limitExceeded(`Maximum policy size of ${maxInlineSize} bytes exceeded for ${noun} ${name}`)
}
