import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** Issues RS256 tokens, and shows where its key is, and the key, over HTTP. */
export interface Issuer extends AsyncDisposable {
  readonly issuer: string
  readonly jwksUri: string
  /** Whom its tokens are for. */
  readonly audience: string
  /** An identity token of Cognito's kind and size, for an hour. */
  token(subject: string): string
}

const audience = '5example23456789012345678'

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }
  const server = createServer(({ url = '', headers: { host } }, response) => {
    const discovery = { issuer: `http://${host}`, jwks_uri: `http://${host}/keys` }
    response.end(JSON.stringify(url.startsWith('/.well-known/') ? discovery : { keys: [jwk] }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The issuer has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = encoded({ alg: 'RS256', kid: 'k1' })
  return {
    issuer,
    jwksUri: `${issuer}/keys`,
    audience,
    token(subject) {
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        sub: subject,
        email_verified: true,
        iss: issuer,
        'cognito:username': subject,
        origin_jti: '1f6c9f1d-0b0b-4d0f-9a43-6a2f3d6d7b10',
        aud: audience,
        event_id: '9d3c0e3c-8a34-4d86-9d66-51a3f9d4f5a7',
        token_use: 'id',
        auth_time: now,
        exp: now + 3600,
        iat: now,
        email: 'ada@example.com',
      }
      const text = `${header}.${encoded(claims)}`
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
