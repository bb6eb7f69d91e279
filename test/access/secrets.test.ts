import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { createFunction } from '../api.ts'
import { temporaryFolder } from '../gatehouse.ts'
import { connectIam, connectSts, type Key } from '../iam/clients.ts'
import { required } from '../management/client.ts'
import { send, signBySdk } from './signed/call.ts'
import { createCallers } from './signed/callers.ts'
import { apiKey, awsIam, deployDocument, documentOf, scheme } from './signed/guarded-api.ts'
import { startTokenIssuer } from './signed/token-issuer.ts'
import { clientsBy, owner, startWithTwoAccounts, stranger } from './signed/two-accounts.ts'

/** Allows, denies, fails and returns nonsense, and names an API key whatever it does. */
const source = (usageIdentifierKey: string) => `
export const handler = async ({ authorizationToken, methodArn }) => {
  const word = authorizationToken.split(' ')[0]
  if (word === 'unauthorized') throw new Error('Unauthorized')
  if (word === 'broken') throw new Error('No')
  if (word === 'text') return JSON.stringify({ usageIdentifierKey: '${usageIdentifierKey}' })
  if (word === 'unknown') return { token: authorizationToken, usageIdentifierKey: '${usageIdentifierKey}' }
  const Effect = word === 'deny' ? 'Deny' : 'Allow'
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }]
  return { principalId: 'p', policyDocument: { Version: '2012-10-17', Statement }, usageIdentifierKey: '${usageIdentifierKey}' }
}`

describe('keys, secrets and tokens', () => {
  /** By what they are. */
  const secrets = new Map<string, string>()
  let output = ''
  let files: ReadonlyMap<string, Buffer>

  before(async () => {
    const dataDir = await temporaryFolder()
    await using issuer = await startTokenIssuer()
    const roles = [
      { arn: '*', accessKeyIdEnv: 'PETS_ID', secretAccessKeyEnv: 'PETS_SECRET', sessionTokenEnv: 'PETS_TOKEN' },
    ]
    const pets = {
      PETS_ID: 'AKIAPETSPETSPETSPETS',
      PETS_SECRET: 'the-secret-of-the-pets-store-123',
      PETS_TOKEN: 'the-token-of-the-pets-store',
    }
    const { jwksUri } = issuer
    const settings = {
      roles,
      userPools: [{ arn: '*', issuer: issuer.issuer, jwksUri }],
      serviceEndpoints: [{ service: 'dynamodb', url: 'http://127.0.0.1:1' }],
    }
    const onOutput = (text: string) => {
      output += text
    }
    const gatehouse = await startWithTwoAccounts(settings, {
      dataDir,
      args: ['--log-level', 'trace'],
      env: pets,
      onOutput,
    })
    await drive(gatehouse.url, issuer.token())
    keep('root secret', owner.rootKey.secretAccessKey)
    keep('root secret of the other account', stranger.rootKey.secretAccessKey)
    keep('secret of the configuration', pets.PETS_SECRET)
    keep('session token of the configuration', pets.PETS_TOKEN)
    await gatehouse.stop()
    files = await filesIn(dataDir)
  })

  const keep = (what: string, secret: string | undefined) => secrets.set(what, required(secret))
  function keepKey(what: string, { secretAccessKey, sessionToken }: Key): void {
    keep(`secret of ${what}`, secretAccessKey)
    if (sessionToken !== undefined) keep(`session token of ${what}`, sessionToken)
  }

  async function drive(url: string, goodToken: string): Promise<void> {
    const clients = clientsBy(owner.rootKey, url)
    const { apigateway, lambda } = clients
    const callers = {
      ...(await createCallers(url, owner, 'Allow')),
      denied: (await createCallers(url, owner, 'Deny')).user,
    }
    keepKey('a user', callers.user)
    keepKey('a role’s session', callers.session)
    keepKey('a user who is denied', callers.denied)

    const named = 'an-api-key-that-authorizers-name-0'
    const functionArn = await createFunction(clients, 'gatekeeper', source(named))
    const FunctionName = 'gatekeeper'
    const Principal = 'apigateway.amazonaws.com'
    await lambda.send(
      new AddPermissionCommand({ FunctionName, StatementId: 's', Action: 'lambda:InvokeFunction', Principal }),
    )
    const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    const schemes = {
      signed: awsIam,
      keyed: apiKey,
      custom: scheme('custom', {
        type: 'token',
        authorizerUri,
        authorizerResultTtlInSeconds: 300,
        identityValidationExpression: '\\w+ \\S+',
      }),
      pool: scheme('cognito_user_pools', {
        type: 'cognito_user_pools',
        providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a'],
      }),
    }
    const paths = Object.fromEntries(Object.keys(schemes).map((name) => [`/${name}`, { security: [{ [name]: [] }] }]))
    const restApiId = await deployDocument(apigateway, documentOf(paths, schemes))
    const host = `${restApiId}.execute-api.localhost`
    const at = (path: string) => ({ gateway: url, host, path: `/dev/${path}` })
    const call = (path: string, headers: Readonly<Record<string, string>>) =>
      send({ gateway: url, method: 'GET', target: `/dev/${path}`, headers: { Host: host, ...headers }, body: '' })

    // Signed calls: accepted, denied, forged, late, malformed; in headers and in queries.
    for (const key of Object.values(callers)) {
      for (const expiresSeconds of [undefined, 60]) {
        const form = { ...at('signed'), key, ...(expiresSeconds !== undefined && { expiresSeconds }) }
        await send(await signBySdk(form))
        await send(await signBySdk(form, new Date(0)))
        await send(await signBySdk({ ...form, key: { ...key, accessKeyId: 'AKIANOBODYHASTHISKEY' } }))
        const signed = await signBySdk(form)
        await send({ ...signed, target: signed.target.replace('/dev/signed', '/dev/elsewhere') })
        await send({ ...signed, method: 'PUT' })
      }
      const secret = key.secretAccessKey
      const scope = '20260101/us-east-1/execute-api/aws4_request'
      for (const authorization of [
        secret,
        `Bearer ${secret}`,
        `AWS4-HMAC-SHA256 ${secret}=a, ${secret}=a`,
        `AWS4-HMAC-SHA256 Credential=${secret}, SignedHeaders=host, Signature=${secret}`,
        `AWS4-HMAC-SHA256 Credential=AKIA/${secret}/${scope}, SignedHeaders=${secret}, Signature=a`,
        `AWS4-${secret} Credential=AKIA/${scope}, SignedHeaders=host, Signature=a`,
      ]) {
        for (const path of ['signed', 'nowhere'])
          await call(path, { Authorization: authorization, 'X-Amz-Date': secret })
      }
    }
    // Management calls, with right and wrong secrets and tokens.
    await connectSts(url, callers.session).getCallerIdentity({})
    for (const key of [callers.user, callers.session]) {
      await connectIam(url, key)
        .listUsers({})
        .catch(() => {})
      await connectIam(url, { ...key, secretAccessKey: `${key.secretAccessKey}x` })
        .listUsers({})
        .catch(() => {})
      await clientsBy({ ...key, sessionToken: 'a-token-that-is-none' }, url)
        .apigateway.getRestApis({})
        .catch(() => {})
    }
    keep('token that is none', 'a-token-that-is-none')
    const WebIdentityToken = keep('web identity', goodToken).get('web identity')
    await connectSts(url)
      .assumeRoleWithWebIdentity({
        RoleArn: `arn:aws:iam::${owner.account}:role/role-Allow`,
        RoleSessionName: 'web',
        WebIdentityToken,
      })
      .catch(() => {})

    // API keys: made, given, imported, wrong, disabled.
    const values = ['an-api-key-that-a-client-chose-000', 'an-api-key-that-was-imported-00000', named]
    const plan = await apigateway.createUsagePlan({ name: 'plan', apiStages: [{ apiId: restApiId, stage: 'dev' }] })
    const body = Buffer.from(`name,key\nimported,${values[1]}\n`)
    await apigateway.importApiKeys({ body, format: 'csv' })
    const chosen = await apigateway.createApiKey({ value: values[0], enabled: true })
    const drawn = await apigateway.createApiKey({ enabled: true })
    await apigateway.createUsagePlanKey({
      usagePlanId: required(plan.id),
      keyId: required(drawn.id),
      keyType: 'API_KEY',
    })
    for (const value of [...values, required(drawn.value)]) {
      keep(`API key ${value}`, value)
      await call('keyed', { 'x-api-key': value })
    }
    const disabled = [{ op: 'replace', path: '/enabled', value: 'false' } as const]
    await apigateway.updateApiKey({ apiKey: required(chosen.id), patchOperations: disabled })
    await call('keyed', { 'x-api-key': required(values[0]) })

    // Tokens: good, forged, expired, malformed.
    const [header = '', claims = '', signature = ''] = goodToken.split('.')
    keep('signature of a token', signature)
    keep('claims of a token', claims)
    for (const token of [
      goodToken,
      `${header}.${claims}`,
      `${header}.${claims}.${signature.slice(1)}`,
      `${header}.x${claims}.${signature}`,
    ]) {
      for (const path of ['pool', 'custom', 'signed', 'keyed']) await call(path, { Authorization: `Bearer ${token}` })
    }
    const bearer = 'the-bearer-token-of-somebody'
    keep('bearer token', bearer)
    for (const word of ['allow', 'deny', 'unauthorized', 'broken', 'text', 'unknown', '!']) {
      await call('custom', { Authorization: `${word} ${bearer}` })
    }
    // A certificate's private key, and an integration that signs by a role and reaches nobody.
    await apigateway.generateClientCertificate({})
    const { items = [] } = await apigateway.getResources({ restApiId })
    const resourceId = required(items.find(({ path }) => path === '/keyed')?.id)
    await apigateway.putIntegration({
      restApiId,
      resourceId,
      httpMethod: 'ANY',
      type: 'AWS',
      integrationHttpMethod: 'POST',
      uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/ListTables',
      credentials: `arn:aws:iam::${owner.account}:role/role-Allow`,
    })
    await apigateway.createDeployment({ restApiId, stageName: 'dev' })
    await call('keyed', { 'x-api-key': required(drawn.value) })
  }

  test('are in no line of the log, at whatever level', () => {
    assert.ok(output.split('\n').length > 50, 'the log has the refusals')
    assert.deepEqual(found(Buffer.from(output)), [])
    assert.ok(!output.includes('PRIVATE KEY'))
  })

  test('are in no file of the data folder', () => {
    assert.ok(
      [...files.keys()].some((name) => name.endsWith('.db') || name.includes('sqlite')),
      `${[...files.keys()]}`,
    )
    const places = [...files].flatMap(([name, bytes]) => found(bytes).map((what) => `${what} in ${name}`))
    // What the function was told to return is in its own code.
    assert.deepEqual(
      places.filter((place) => !place.includes('authorizers-name')),
      [],
    )
    for (const [name, bytes] of files) assert.ok(!bytes.includes('PRIVATE KEY'), name)
  })

  /** The secrets that are in a text, in any of the ways in which they may have been written. */
  function found(bytes: Buffer): string[] {
    return [...secrets].flatMap(([what, secret]) => {
      const forms = [
        secret,
        encodeURIComponent(secret),
        btoa(secret),
        Buffer.from(secret).toString('hex'),
        JSON.stringify(secret).slice(1, -1),
      ]
      return forms.some((form) => bytes.includes(form)) ? [what] : []
    })
  }
})

async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)))
}
