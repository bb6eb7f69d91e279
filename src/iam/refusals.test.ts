import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, openFixture } from './fixture.ts'

const document = (statement: object | object[], version = '2012-10-17') =>
  JSON.stringify({ Version: version, Statement: statement })
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const trust = document({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' })
const user = { UserName: 'alice' }
const PolicyArn = 'arn:aws:iam::123456789012:policy/nothing'

describe('IAM refuses', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await openFixture()
    const { iam, caller } = fixture
    await iam.CreateUser(user, caller)
    await iam.CreateRole({ RoleName: 'keeper', AssumeRolePolicyDocument: trust }, caller)
    await iam.CreatePolicy({ PolicyName: 'known', PolicyDocument: document(allow) }, caller)
  })
  after(() => fixture[Symbol.asyncDispose]())

  type Call = (iam: Fixture['iam'], caller: Fixture['caller']) => Promise<unknown>
  const refusals: [what: string, call: Call, code: string, message: string | RegExp][] = [
    [
      'a name that is taken',
      (iam, caller) => iam.CreateUser(user, caller),
      'EntityAlreadyExistsException',
      'User with name alice already exists.',
    ],
    [
      'a name that differs in case only',
      (iam, caller) => iam.CreateRole({ RoleName: 'KEEPER', AssumeRolePolicyDocument: trust }, caller),
      'EntityAlreadyExistsException',
      'Role with name KEEPER already exists.',
    ],
    [
      'a policy of a taken name under another path',
      (iam, caller) => iam.CreatePolicy({ PolicyName: 'Known', Path: '/a/', PolicyDocument: document(allow) }, caller),
      'EntityAlreadyExistsException',
      'A policy called Known already exists. Duplicate names are not allowed.',
    ],
    [
      'a name of another case to be read',
      (iam, caller) => iam.GetUser({ UserName: 'Alice' }, caller),
      'NoSuchEntityException',
      'The user with name Alice cannot be found.',
    ],
    [
      'a rename to a taken name',
      async (iam, caller) => {
        await iam.CreateUser({ UserName: 'bob' }, caller)
        await iam.UpdateUser({ UserName: 'bob', NewUserName: 'ALICE' }, caller)
      },
      'EntityAlreadyExistsException',
      'User with name ALICE already exists.',
    ],
    [
      'an unknown group',
      (iam, caller) => iam.AddUserToGroup({ ...user, GroupName: 'keepers' }, caller),
      'NoSuchEntityException',
      'The group with name keepers cannot be found.',
    ],
    [
      'an unknown inline policy',
      (iam, caller) => iam.GetUserPolicy({ ...user, PolicyName: 'constructor' }, caller),
      'NoSuchEntityException',
      'The user policy with name constructor cannot be found.',
    ],
    [
      'a policy to attach that does not exist',
      (iam, caller) => iam.AttachUserPolicy({ ...user, PolicyArn }, caller),
      'NoSuchEntityException',
      `Policy ${PolicyArn} does not exist or is not attachable.`,
    ],
    [
      'a policy to detach that is not attached',
      (iam, caller) => iam.DetachUserPolicy({ ...user, PolicyArn }, caller),
      'NoSuchEntityException',
      `Policy ${PolicyArn} was not found.`,
    ],
    [
      'a boundary that does not exist',
      (iam, caller) => iam.CreateUser({ UserName: 'carol', PermissionsBoundary: PolicyArn }, caller),
      'NoSuchEntityException',
      `Scope ARN: ${PolicyArn} does not exist or is not attachable.`,
    ],
    [
      'a boundary to delete that there is not',
      (iam, caller) => iam.DeleteUserPermissionsBoundary(user, caller),
      'NoSuchEntityException',
      'User alice does not have a permissions boundary',
    ],
    [
      "a change of AWS's own policy",
      (iam, caller) => iam.DeletePolicy({ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, caller),
      'AccessDenied',
      'Policy is outside your own account.',
    ],
    [
      'a policy of another account',
      (iam, caller) => iam.GetPolicy({ PolicyArn: 'arn:aws:iam::999999999999:policy/known' }, caller),
      'NoSuchEntityException',
      'Policy arn:aws:iam::999999999999:policy/known was not found.',
    ],
    [
      'a version that there is not',
      (iam, caller) =>
        iam.SetDefaultPolicyVersion({ PolicyArn: 'arn:aws:iam::123456789012:policy/known', VersionId: 'v2' }, caller),
      'NoSuchEntityException',
      /version v2 does not exist/,
    ],
    [
      'a third access key',
      async (iam, caller) => {
        for (let count = 0; count < 3; count++) await iam.CreateAccessKey(user, caller)
      },
      'LimitExceededException',
      'Cannot exceed quota for AccessKeysPerUser: 2',
    ],
    [
      'the end of a user with access keys',
      (iam, caller) => iam.DeleteUser(user, caller),
      'DeleteConflictException',
      'Cannot delete entity, must delete access keys first.',
    ],
    [
      'the key of another user',
      async (iam, caller) => {
        const { AccessKeyMetadata } = await iam.ListAccessKeys(user, caller)
        await iam.DeleteAccessKey({ UserName: 'bob', AccessKeyId: AccessKeyMetadata?.[0]?.AccessKeyId ?? '' }, caller)
      },
      'NoSuchEntityException',
      /^The Access Key with id AKIA.* cannot be found\.$/,
    ],
    [
      "the root's key, which the configuration gives",
      (iam, caller) => iam.CreateAccessKey({}, caller),
      'ValidationError',
      'Must specify userName when calling with non-User credentials',
    ],
    [
      'an eleventh group',
      async (iam, caller) => {
        for (let count = 0; count <= 10; count++) {
          await iam.CreateGroup({ GroupName: `g${count}` }, caller)
          await iam.AddUserToGroup({ ...user, GroupName: `g${count}` }, caller)
        }
      },
      'LimitExceededException',
      'Cannot exceed quota for GroupsPerUser: 10',
    ],
    [
      'inline policies beyond their size together',
      async (iam, caller) => {
        const PolicyDocument = document({ ...allow, Resource: `arn:aws:s3:::${'x'.repeat(1_000)}` })
        for (const PolicyName of ['a', 'b']) await iam.PutUserPolicy({ ...user, PolicyName, PolicyDocument }, caller)
      },
      'LimitExceededException',
      'Maximum policy size of 2048 bytes exceeded for user alice',
    ],
    [
      'a managed policy beyond its size',
      (iam, caller) => {
        const PolicyDocument = document({ ...allow, Resource: `arn:aws:s3:::${'x'.repeat(6_144)}` })
        return iam.CreatePolicy({ PolicyName: 'long', PolicyDocument }, caller)
      },
      'LimitExceededException',
      'Cannot exceed quota for PolicySize: 6144',
    ],
    [
      'a tag twice in different case',
      (iam, caller) =>
        iam.TagUser(
          {
            ...user,
            Tags: [
              { Key: 'a', Value: '' },
              { Key: 'A', Value: '' },
            ],
          },
          caller,
        ),
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'more than fifty tags in all',
      async (iam, caller) => {
        const tags = (from: string) => Array.from({ length: 26 }, (_, index) => ({ Key: from + index, Value: '' }))
        await iam.TagUser({ ...user, Tags: tags('a') }, caller)
        await iam.TagUser({ ...user, Tags: tags('b') }, caller)
      },
      'LimitExceededException',
      'The number of tags has reached the maximum limit.',
    ],
    [
      'a marker that no page gave',
      (iam, caller) => iam.ListUsers({ Marker: 'x' }, caller),
      'ValidationError',
      'Invalid Marker.',
    ],
  ]
  for (const [what, call, code, message] of refusals) {
    test(what, () => assert.rejects(call(fixture.iam, fixture.caller), { code, message }))
  }

  const malformed: [what: string, document: string, message: string][] = [
    ['what is no JSON', '{', 'This policy contains invalid Json'],
    ['a principal', document({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
    ['no action', document({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['no resource', document({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
    ['a resource that is no ARN', document({ ...allow, Resource: 'x' }), 'Resource x must be in ARN format or "*".'],
    ['an effect of another case', document({ ...allow, Effect: 'allow' }), 'Syntax errors in policy.'],
    ['an unknown element', document({ ...allow, Actions: [] }), 'Syntax errors in policy.'],
    ['an unknown condition', document({ ...allow, Condition: { Like: { a: 'b' } } }), 'Syntax errors in policy.'],
  ]
  for (const [what, PolicyDocument, message] of malformed) {
    test(`a policy with ${what}`, () => {
      const { iam, caller } = fixture
      const given = { ...user, PolicyName: 'p', PolicyDocument }
      return assert.rejects(iam.PutUserPolicy(given, caller), { code: 'MalformedPolicyDocumentException', message })
    })
  }

  test('a trust policy with a resource', () =>
    assert.rejects(
      fixture.iam.UpdateAssumeRolePolicy(
        { RoleName: 'keeper', PolicyDocument: document({ ...allow, Principal: { AWS: '*' } }) },
        fixture.caller,
      ),
      { code: 'MalformedPolicyDocumentException', message: 'Has prohibited field Resource' },
    ))
})
