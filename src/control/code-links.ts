import { createHmac, timingSafeEqual } from 'node:crypto'

/** Links to code packages, as `GetFunction` and `GetLayerVersion` give them: good for ten minutes, unguessable. */
export interface CodeLinks {
  /** Path and query, below the gateway's own address. */
  link(blobName: string): string
  /** The blob that a link names; undefined for any other target, and for a forged or expired link. */
  resolve(target: string): string | undefined
}

const prefix = '/_gatehouse/blobs/'
const lifetimeMs = 600_000

/** @param secret Random bytes of this process: links end with it. */
export function createCodeLinks(secret: Uint8Array, now: () => Date): CodeLinks {
  const sign = (blobName: string, expires: string) =>
    createHmac('sha256', secret).update(`${blobName} ${expires}`).digest('base64url')

  return {
    link(blobName) {
      const expires = String(now().getTime() + lifetimeMs)
      return `${prefix}${encodeURIComponent(blobName)}?expires=${expires}&signature=${sign(blobName, expires)}`
    },
    resolve(target) {
      if (!target.startsWith(prefix)) return undefined
      const { pathname, searchParams } = new URL(target, 'http://localhost')
      const blobName = decodeURIComponent(pathname.slice(prefix.length))
      const expires = searchParams.get('expires') ?? ''
      const given = Buffer.from(searchParams.get('signature') ?? '')
      const expected = Buffer.from(sign(blobName, expires))
      const genuine = given.length === expected.length && timingSafeEqual(given, expected)
      return genuine && Number(expires) > now().getTime() ? blobName : undefined
    },
  }
}
