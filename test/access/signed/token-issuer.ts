import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** An issuer of JSON Web Tokens that runs here, whose tokens are whatever a test wants them to be. */
export interface TokenIssuer extends AsyncDisposable {
  readonly issuer: string
  readonly jwksUri: string
  /** The token of its own key. @param claims Beside a good token's own, and in place of them. */
  token(claims?: object, header?: object): string
}

/** Starts an issuer with one RS256 key. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = JSON.stringify({
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
  })
  const server = createServer((_, response) => response.setHeader('Content-Type', 'application/json').end(keys))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The issuer has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  return {
    issuer,
    jwksUri: `${issuer}/keys`,
    token(claims = {}, header = {}) {
      const seconds = Math.floor(Date.now() / 1000)
      const good = { iss: issuer, sub: 'ada', token_use: 'id', exp: seconds + 3600, iat: seconds - 1 }
      const text = `${encoded({ alg: 'RS256', kid: 'k1', ...header })}.${encoded({ ...good, ...claims })}`
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
