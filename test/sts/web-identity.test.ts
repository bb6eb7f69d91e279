import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type OpenIdProvider, startOpenIdProvider } from '../access/open-id-provider.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectIam, connectSts, keyOf, required, trusting } from '../iam/clients.ts'

describe('a token of a real OpenID provider', () => {
  let gatehouse: Gatehouse
  let provider: OpenIdProvider
  before(async () => {
    provider = await startOpenIdProvider()
    gatehouse = await startGatehouse()
  })
  after(async () => {
    await provider[Symbol.asyncDispose]()
    await gatehouse[Symbol.asyncDispose]()
  })

  test('opens a session, without any signature', async () => {
    const iam = connectIam(gatehouse.url)
    const created = await iam.createOpenIDConnectProvider({ Url: provider.issuer, ClientIDList: ['pets'] })
    const Federated = required(created.OpenIDConnectProviderArn)
    const issuer = provider.issuer.replace('http://', '')
    const trust = (subject: string) =>
      trusting({ Federated }, 'sts:AssumeRoleWithWebIdentity', { StringEquals: { [`${issuer}:sub`]: subject } })
    await iam.createRole({ RoleName: 'app', AssumeRolePolicyDocument: trust('app') })
    const RoleArn = 'arn:aws:iam::123456789012:role/app'

    const sts = new STSClient({ endpoint: gatehouse.url, region: 'us-east-1', maxAttempts: 1 })
    const assume = async (WebIdentityToken: string) =>
      sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'ci', WebIdentityToken }))
    const token = await provider.token('pets/read')
    const answer = await assume(token)
    assert.deepEqual(
      [answer.SubjectFromWebIdentityToken, answer.Audience, answer.Provider],
      ['app', 'pets', provider.issuer],
    )
    const { Arn } = await connectSts(gatehouse.url, keyOf(answer.Credentials)).getCallerIdentity({})
    assert.equal(Arn, 'arn:aws:sts::123456789012:assumed-role/app/ci')

    await assert.rejects(assume(`${token.slice(0, -6)}AAAAAA`), { name: 'InvalidIdentityTokenException' })
    await iam.updateAssumeRolePolicy({ RoleName: 'app', PolicyDocument: trust('another') })
    await assert.rejects(assume(token), { name: 'AccessDenied' })
    await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: Federated })
    await assert.rejects(assume(token), { name: 'InvalidIdentityTokenException', message: /No OpenIDConnect provider/ })
  })
})
