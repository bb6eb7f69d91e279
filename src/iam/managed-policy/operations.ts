import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { IamInput, IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { checkPolicy, policySize } from '../policy-document.ts'
import { alreadyExists, deleteConflict, quotaExceeded } from '../refusal.ts'
import { iamArn, iamScope } from '../scope.ts'
import { presentTags, readTags, withoutTags, withTags } from '../tag/tags.ts'
import { listAttachments } from './attachments.ts'
import { awsManagedPolicies } from './aws-managed.ts'
import { loadOwnPolicy, loadPolicy, type PolicyRecord, policies, policyKey, savePolicy } from './managed-policy.ts'
import { presentListedPolicy, presentPolicy } from './present.ts'

/** Documented: characters without white space. */
const maxPolicySize = 6_144

export function managedPolicyOperations({ store, now, newId }: IamDependencies) {
  return {
    async CreatePolicy({ PolicyName, Path = '/', PolicyDocument, Description, Tags }, caller) {
      checkManagedPolicy(PolicyDocument)
      const createdAt = now().getTime()
      const policy: PolicyRecord = {
        id: `ANPA${newId(17)}`,
        name: PolicyName,
        path: Path,
        arn: iamArn(caller, `policy${Path}${PolicyName}`),
        ...(Description !== undefined && { description: Description }),
        tags: readTags(Tags),
        createdAt,
        updatedAt: createdAt,
        defaultVersionId: 'v1',
        versions: [{ id: 'v1', document: PolicyDocument, createdAt }],
        lastVersion: 1,
      }
      return store.write(async (transaction) => {
        const scope = iamScope(caller)
        if (!(await transaction.insert(policies, scope, policyKey(PolicyName), policy))) {
          throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`)
        }
        return { Policy: await presentPolicy(transaction, scope, policy) }
      })
    },

    GetPolicy: ({ PolicyArn }, caller) =>
      store.read(async (reader) => {
        const policy = await loadPolicy(reader, caller, PolicyArn)
        return { Policy: await presentPolicy(reader, iamScope(caller), policy) }
      }),

    ListPolicies: (input, caller) =>
      store.read(async (reader) => {
        const found = await findPolicies(reader, caller, input)
        const { items, position } = page(found, sortKey, input)
        const scope = iamScope(caller)
        return {
          Policies: await Promise.all(items.map((policy) => presentListedPolicy(reader, scope, policy))),
          ...position,
        }
      }),

    DeletePolicy: ({ PolicyArn }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        const scope = iamScope(caller)
        if ((await listAttachments(transaction, scope, policy.id)).length > 0) {
          throw deleteConflict('Cannot delete a policy attached to entities.')
        }
        if (policy.versions.length > 1) {
          throw deleteConflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          )
        }
        await transaction.delete(policies, scope, policyKey(policy.name))
        return {}
      }),

    TagPolicy: ({ PolicyArn, Tags }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        await savePolicy(transaction, caller, { ...policy, tags: withTags(policy.tags, Tags) })
        return {}
      }),

    UntagPolicy: ({ PolicyArn, TagKeys }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        await savePolicy(transaction, caller, { ...policy, tags: withoutTags(policy.tags, TagKeys) })
        return {}
      }),

    ListPolicyTags: ({ PolicyArn, ...request }, caller) =>
      store.read(async (reader) => {
        const { tags } = await loadPolicy(reader, caller, PolicyArn)
        const sorted = tags.toSorted((a, b) => (a.key < b.key ? -1 : 1))
        const { items, position } = page(sorted, ({ key }) => key, request)
        return { Tags: presentTags(items), ...position }
      }),
  } satisfies Partial<IamOperations>
}

/** @throws {ServiceError} `MalformedPolicyDocument`, `LimitExceeded` */
export function checkManagedPolicy(document: string): void {
  checkPolicy(document, 'identity')
  if (policySize(document) > maxPolicySize) throw quotaExceeded('PolicySize', maxPolicySize)
}

async function findPolicies(
  reader: Reader,
  caller: Caller,
  { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter }: IamInput<'ListPolicies'>,
): Promise<PolicyRecord[]> {
  const scope = iamScope(caller)
  const own = Scope === 'AWS' ? [] : (await reader.list(policies, scope)).map(({ document }) => document)
  const known = [...(Scope === 'Local' ? [] : awsManagedPolicies()), ...own]
  const usage = PolicyUsageFilter === 'PermissionsBoundary' ? 'boundary' : 'policy'
  const filtered: PolicyRecord[] = []
  for (const policy of known) {
    if (!policy.path.startsWith(PathPrefix)) continue
    const mustBeUsed = OnlyAttached || PolicyUsageFilter !== undefined
    const uses = mustBeUsed ? await listAttachments(reader, scope, policy.id, PolicyUsageFilter && usage) : []
    if (!mustBeUsed || uses.length > 0) filtered.push(policy)
  }
  return filtered.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** An account's own policies come first, as their ids do not tell. */
function sortKey({ arn, name }: PolicyRecord): string {
  return `${arn.startsWith('arn:aws:iam::aws:') ? 1 : 0}/${name}/${arn}`
}
