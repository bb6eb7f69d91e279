import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as Sdk from '@aws-sdk/client-iam'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectIam, recordAnswers } from './clients.ts'
import { walkAccount } from './walks/account.ts'
import { walkGroups } from './walks/groups.ts'
import { walkIdentityProviders } from './walks/identity-providers.ts'
import { walkManagedPolicies } from './walks/policies.ts'
import { walkRoles } from './walks/roles.ts'
import { walkSimulation } from './walks/simulation.ts'
import { walkUsers } from './walks/users.ts'

const walks = {
  walkUsers,
  walkGroups,
  walkRoles,
  walkManagedPolicies,
  walkIdentityProviders,
  walkSimulation,
  walkAccount,
}

/** They ask for what there cannot be here; the walk sees them refused. */
const refusedByNature = ['GetLoginProfile', 'GetAccountPasswordPolicy', 'ListInstanceProfilesForRole']

describe('IAM', () => {
  let gatehouse: Gatehouse
  let iam: Sdk.IAM
  let answered: ReadonlySet<string>

  before(async () => {
    gatehouse = await startGatehouse()
    iam = connectIam(gatehouse.url)
    answered = recordAnswers(iam)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  for (const [name, walk] of Object.entries(walks)) {
    test(`answers the SDK: ${name}`, () => walk(iam))
  }

  test('says so where an operation is not built', async () => {
    await assert.rejects(iam.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' }), (error) => {
      assert.ok(error instanceof Sdk.IAMServiceException)
      assert.deepEqual(
        [error.name, error.$metadata.httpStatusCode, error.message],
        ['NotImplementedException', 501, 'The operation CreateVirtualMFADevice of iam is not implemented.'],
      )
      return true
    })
  })

  test('has every operation that is built in one of the walks', async () => {
    const { iamOperations } = await import('../../src/iam/iam-operations.ts')
    const built = Object.keys(iamOperations({} as never))
    assert.deepEqual([...answered, ...refusedByNature].sort(), built.sort())
  })
})
