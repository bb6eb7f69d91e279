import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { required } from '../clients.ts'

/** An OpenID Connect provider from its registration to its end. */
export async function walkIdentityProviders(iam: IAM): Promise<void> {
  const thumbprint = 'a'.repeat(40)
  const created = await iam.createOpenIDConnectProvider({
    Url: 'https://id.example.com/zoo',
    ClientIDList: ['app'],
    ThumbprintList: [thumbprint],
  })
  const OpenIDConnectProviderArn = required(created.OpenIDConnectProviderArn)
  assert.equal(OpenIDConnectProviderArn, 'arn:aws:iam::123456789012:oidc-provider/id.example.com/zoo')
  const provider = { OpenIDConnectProviderArn }
  await iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: 'cli' })
  await iam.removeClientIDFromOpenIDConnectProvider({ ...provider, ClientID: 'app' })
  await iam.updateOpenIDConnectProviderThumbprint({ ...provider, ThumbprintList: ['b'.repeat(40)] })
  await iam.tagOpenIDConnectProvider({ ...provider, Tags: [{ Key: 'team', Value: 'pets' }] })
  assert.deepEqual((await iam.listOpenIDConnectProviderTags(provider)).Tags, [{ Key: 'team', Value: 'pets' }])
  await iam.untagOpenIDConnectProvider({ ...provider, TagKeys: ['team'] })
  const { Url, ClientIDList, ThumbprintList, Tags } = await iam.getOpenIDConnectProvider(provider)
  assert.deepEqual([Url, ClientIDList, ThumbprintList, Tags], ['id.example.com/zoo', ['cli'], ['b'.repeat(40)], []])
  assert.deepEqual((await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList, [
    { Arn: OpenIDConnectProviderArn },
  ])
  await assert.rejects(iam.createOpenIDConnectProvider({ Url: 'https://id.example.com/zoo' }), {
    name: 'EntityAlreadyExistsException',
  })
  for (const Url of [
    'http://id.example.com',
    'https://id.example.com?a=b',
    'id.example.com',
    'https://a:b@example.com',
  ]) {
    await assert.rejects(iam.createOpenIDConnectProvider({ Url }), {
      name: 'ValidationError',
      message: 'Invalid Open ID Connect Provider URL',
    })
  }
  await iam.deleteOpenIDConnectProvider(provider)
  await assert.rejects(iam.getOpenIDConnectProvider(provider), { name: 'NoSuchEntityException' })
}
