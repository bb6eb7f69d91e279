import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** An issuer of tokens whose keys are the test's, so that it can forge. */
export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** What it publishes: to be changed. */
  keys: object[]
  /** Paths that it was asked for. */
  readonly asked: string[]
  /** Answers 500 while it is set. */
  isDown: boolean
}

export async function startIssuer(): Promise<Issuer> {
  const issuer = { url: '', keys: [jwkOf(ours.publicKey, 'k1')] as object[], asked: [] as string[], isDown: false }
  const server = createServer(({ url = '' }, response) => {
    issuer.asked.push(url)
    const pages: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
      '/keys': { keys: issuer.keys },
    }
    response.writeHead(issuer.isDown ? 500 : pages[url] ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(pages[url] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The issuer has no port')
  issuer.url = `http://127.0.0.1:${address.port}`
  return Object.assign(issuer, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  })
}

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
export const ours = pair()
export const theirs = pair()

export function jwkOf(key: KeyObject, kid: string, more: object = {}): object {
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', ...more }
}

export interface TokenParts {
  readonly header?: object
  readonly claims?: object
  readonly signature?: (text: string) => Buffer
}

export const signedBy = (key: KeyObject) => (text: string) => sign('sha256', Buffer.from(text), key)
export const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A good token of an issuer, but for what is said otherwise. */
export function tokenOf(issuer: Pick<Issuer, 'url'>, parts: TokenParts = {}): string {
  const { header = {}, claims = {}, signature = signedBy(ours.privateKey) } = parts
  const now = Math.floor(Date.now() / 1000)
  const good = { iss: issuer.url, sub: 'me', aud: 'pets', scope: 'pets/read', exp: now + 600, iat: now - 1 }
  const text = `${encoded({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${encoded({ ...good, ...claims })}`
  return `${text}.${signature(text).toString('base64url')}`
}
