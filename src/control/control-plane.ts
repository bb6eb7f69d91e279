import type { WireRequest, WireResponse } from '../wire/message.ts'
import { refusalOfBrowsers } from './browser-guard.ts'
import type { CodeLinks } from './code-links.ts'

export interface ControlPlaneOptions {
  /** Answers AWS requests. */
  readonly wire: (request: WireRequest) => Promise<WireResponse>
  /** Resolves when the threads serve everything that was committed. */
  readonly caughtUp: () => Promise<void>
  readonly status: () => Promise<object>
  readonly codeLinks: CodeLinks
  readonly getBlob: (name: string) => Promise<Uint8Array | undefined>
  /** Whether only this machine can reach the listener: web pages in its browsers are then kept out. */
  readonly loopbackOnly: boolean
}

/**
 * Answers every request that is no API call: AWS's management APIs, and the gateway's own pages below `/_gatehouse/`.
 * An AWS answer goes out only when the threads serve what it acknowledges.
 */
export function createControlPlane(options: ControlPlaneOptions): (request: WireRequest) => Promise<WireResponse> {
  const { wire, caughtUp, status, codeLinks, getBlob, loopbackOnly } = options

  async function blobPage(target: string): Promise<WireResponse> {
    const name = codeLinks.resolve(target)
    const bytes = name === undefined ? undefined : await getBlob(name)
    if (!bytes) return json(403, { message: 'The link is unknown or has expired' })
    return { status: 200, headers: { 'content-type': 'application/zip' }, body: bytes }
  }

  return async (request) => {
    const refusal = loopbackOnly ? refusalOfBrowsers(request) : undefined
    if (refusal !== undefined) return json(403, { message: refusal })
    if (request.target === '/_gatehouse/status') return json(200, await status())
    if (request.target.startsWith('/_gatehouse/blobs/')) return blobPage(request.target)
    const response = await wire(request)
    await caughtUp()
    return response
  }
}

function json(status: number, value: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
