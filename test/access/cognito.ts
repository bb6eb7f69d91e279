import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../gatehouse.ts'

/** A stand-in for Cognito that runs here, with one user pool. */
export interface Cognito extends Disposable {
  readonly poolId: string
  readonly clientId: string
  readonly url: string
  /** Signs a user in. */
  signIn(name: string, password: string): Promise<{ readonly idToken: string; readonly accessToken: string }>
}

const user = { name: 'ada@example.com', password: 'Secret-1234' }
export const cognitoUser = user

/** Starts cognito-local with a pool, a client and a user. */
export async function startCognito(): Promise<Cognito> {
  const port = await freePort()
  const manifest = createRequire(import.meta.url).resolve('cognito-local/package.json')
  const child = spawn(process.execPath, [join(dirname(manifest), 'lib/bin/start.js')], {
    cwd: await temporaryFolder(),
    env: { PORT: String(port), HOST: '127.0.0.1', AWS_REGION: 'us-east-1' },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  await answers(url)
  const call = caller(url)
  const pool = await call('CreateUserPool', { PoolName: 'people' })
  const UserPoolId = text(pool, 'UserPool', 'Id')
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH']
  const client = await call('CreateUserPoolClient', { UserPoolId, ClientName: 'app', ExplicitAuthFlows })
  const ClientId = text(client, 'UserPoolClient', 'ClientId')
  await call('AdminCreateUser', { UserPoolId, Username: user.name, MessageAction: 'SUPPRESS' })
  await call('AdminSetUserPassword', { UserPoolId, Username: user.name, Password: user.password, Permanent: true })

  return {
    poolId: UserPoolId,
    clientId: ClientId,
    url,
    async signIn(USERNAME, PASSWORD) {
      const AuthParameters = { USERNAME, PASSWORD }
      const answer = await call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
      return {
        idToken: text(answer, 'AuthenticationResult', 'IdToken'),
        accessToken: text(answer, 'AuthenticationResult', 'AccessToken'),
      }
    },
    [Symbol.dispose]: () => void child.kill(),
  }
}

function caller(url: string) {
  return async (operation: string, input: object): Promise<unknown> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        Authorization: 'AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/cognito-idp/aws4_request',
      },
      body: JSON.stringify(input),
    })
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`)
    return response.json()
  }
}

/** The text at a place within an answer. */
function text(answer: unknown, ...place: readonly string[]): string {
  let found = answer
  for (const name of place) found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  if (typeof found !== 'string') throw new Error(`The answer has no ${place.join('.')}`)
  return found
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port')
  return address.port
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await fetch(`${url}/health`)
      return
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`${url} does not answer`, { cause })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
