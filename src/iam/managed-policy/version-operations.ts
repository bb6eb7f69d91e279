import type { IamDependencies } from '../dependencies.ts'
import type { IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { deleteConflict, limitExceeded, noSuchEntity } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import { reviseAttached } from './attachments.ts'
import { loadOwnPolicy, loadPolicy, type PolicyRecord, type PolicyVersionRecord, savePolicy } from './managed-policy.ts'
import { checkManagedPolicy } from './operations.ts'
import { presentListedVersion, presentVersion } from './present.ts'

/** Documented. */
const maxVersions = 5

export function policyVersionOperations({ store, now }: IamDependencies) {
  return {
    CreatePolicyVersion: ({ PolicyArn, PolicyDocument, SetAsDefault = false }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        checkManagedPolicy(PolicyDocument)
        if (policy.versions.length >= maxVersions) {
          throw limitExceeded(
            'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
          )
        }
        const createdAt = now().getTime()
        const lastVersion = policy.lastVersion + 1
        const version: PolicyVersionRecord = { id: `v${lastVersion}`, document: PolicyDocument, createdAt }
        const changed: PolicyRecord = {
          ...policy,
          lastVersion,
          updatedAt: createdAt,
          versions: [...policy.versions, version],
          ...(SetAsDefault && { defaultVersionId: version.id }),
        }
        await savePolicy(transaction, caller, changed)
        if (SetAsDefault) await reviseAttached(transaction, iamScope(caller), policy.id)
        return { PolicyVersion: presentListedVersion(changed, version) }
      }),

    GetPolicyVersion: ({ PolicyArn, VersionId }, caller) =>
      store.read(async (reader) => {
        const policy = await loadPolicy(reader, caller, PolicyArn)
        return { PolicyVersion: presentVersion(policy, findVersion(policy, VersionId)) }
      }),

    ListPolicyVersions: ({ PolicyArn, ...request }, caller) =>
      store.read(async (reader) => {
        const policy = await loadPolicy(reader, caller, PolicyArn)
        // The newest first; the marker is how many follow.
        const newest = policy.versions.toReversed().map((version, index) => ({ version, key: String(index) }))
        const { items, position } = page(newest, ({ key }) => key, request)
        return { Versions: items.map(({ version }) => presentListedVersion(policy, version)), ...position }
      }),

    SetDefaultPolicyVersion: ({ PolicyArn, VersionId }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        const { id } = findVersion(policy, VersionId)
        await savePolicy(transaction, caller, { ...policy, defaultVersionId: id })
        await reviseAttached(transaction, iamScope(caller), policy.id)
        return {}
      }),

    DeletePolicyVersion: ({ PolicyArn, VersionId }, caller) =>
      store.write(async (transaction) => {
        const policy = await loadOwnPolicy(transaction, caller, PolicyArn)
        const { id } = findVersion(policy, VersionId)
        if (id === policy.defaultVersionId) throw deleteConflict('Cannot delete the default version of a policy.')
        const versions = policy.versions.filter((version) => version.id !== id)
        await savePolicy(transaction, caller, { ...policy, versions })
        return {}
      }),
  } satisfies Partial<IamOperations>
}

function findVersion({ arn, versions }: PolicyRecord, versionId: string): PolicyVersionRecord {
  const version = versions.find(({ id }) => id === versionId)
  if (!version) throw noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`)
  return version
}
