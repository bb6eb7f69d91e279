import type { JWTVerifyGetKey } from 'jose'
import { readIssuer } from '../../iam/identity-provider/identity-provider.ts'
import { providerUnreachable } from './refusal.ts'

/** The signing keys of identity providers, by issuer. */
export type ProviderKeys = (issuer: string) => Promise<JWTVerifyGetKey>

/** For every request to a provider, in milliseconds. */
const timeoutMs = 5_000

/** Longest discovery document that is read, in bytes. */
const maxDocumentBytes = 262_144

/** Issuers whose keys are kept at once, at most. */
const maxIssuers = 1_000

/**
 * Finds providers' keys as OpenID Connect Discovery says, and keeps them: a key that is not known is fetched, at most every
 * 30 seconds.
 */
export function providerKeys(fetch: typeof globalThis.fetch): ProviderKeys {
  const known = new Map<string, Promise<JWTVerifyGetKey>>()
  return async (issuer) => {
    const kept = known.get(issuer)
    if (kept) return kept
    const fetched = discover(fetch, issuer)
    if (known.size >= maxIssuers) known.clear()
    known.set(issuer, fetched)
    // Without an answer, the next token asks again.
    fetched.catch(() => known.delete(issuer))
    return fetched
  }
}

async function discover(fetch: typeof globalThis.fetch, issuer: string): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import('jose')
  const { jwks_uri: keysUrl, issuer: named } = await readDocument(fetch, issuer)
  if (typeof keysUrl !== 'string' || named !== issuer) {
    throw providerUnreachable(`The discovery document of ${issuer} does not describe it`)
  }
  // As for issuers: keys come over https, or from this machine.
  const url = new URL(readIssuer(keysUrl))
  return createRemoteJWKSet(url, { timeoutDuration: timeoutMs, [customFetch]: fetch })
}

async function readDocument(fetch: typeof globalThis.fetch, issuer: string): Promise<Record<string, unknown>> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`${url} answers ${response.status}`)
    const document: unknown = JSON.parse(await boundedText(response))
    return typeof document === 'object' && document !== null ? { ...document } : {}
  } catch (cause) {
    throw providerUnreachable(`Couldn't retrieve verification key from your identity provider`, cause)
  }
}

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maxDocumentBytes) throw new Error('the discovery document is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
