import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import { loadEntity } from '../entity/entity.ts'
import type { IamOperations } from '../operation-types.ts'
import { noSuchEntity } from '../refusal.ts'
import { roles } from '../role/role.ts'
import { users } from '../user/user.ts'

const none = { IsTruncated: false } as const

/**
 * The questions about kinds of things that cannot be created here, so that there are none of them. Tools ask them before
 * they delete a user or a role.
 */
export function absentOperations({ store }: IamDependencies) {
  /** @throws {ServiceError} `NoSuchEntity` for a user who does not exist. */
  const requireUser = (caller: Caller, name: string | undefined) =>
    store.read(async (reader) => name === undefined || (await loadEntity(reader, users, caller, name)))

  return {
    async ListInstanceProfilesForRole({ RoleName }, caller) {
      await store.read((reader) => loadEntity(reader, roles, caller, RoleName))
      return { InstanceProfiles: [], ...none }
    },
    async ListInstanceProfiles() {
      return { InstanceProfiles: [], ...none }
    },
    async ListMFADevices({ UserName }, caller) {
      await requireUser(caller, UserName)
      return { MFADevices: [], ...none }
    },
    async ListVirtualMFADevices() {
      return { VirtualMFADevices: [], ...none }
    },
    async ListSigningCertificates({ UserName }, caller) {
      await requireUser(caller, UserName)
      return { Certificates: [], ...none }
    },
    async ListSSHPublicKeys({ UserName }, caller) {
      await requireUser(caller, UserName)
      return { SSHPublicKeys: [], ...none }
    },
    async ListServiceSpecificCredentials({ UserName }, caller) {
      await requireUser(caller, UserName)
      return { ServiceSpecificCredentials: [] }
    },
    async ListServerCertificates() {
      return { ServerCertificateMetadataList: [], ...none }
    },
    async ListSAMLProviders() {
      return { SAMLProviderList: [] }
    },
    async ListAccountAliases() {
      return { AccountAliases: [], ...none }
    },
    async GetLoginProfile({ UserName = '' }, caller) {
      await requireUser(caller, UserName)
      throw noSuchEntity(`Login Profile for User ${UserName} cannot be found.`)
    },
    async GetAccountPasswordPolicy(_input: object, { account }: Caller) {
      throw noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`)
    },
  } satisfies Partial<IamOperations>
}
