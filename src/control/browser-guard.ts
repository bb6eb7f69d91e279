import type { WireRequest } from '../wire/message.ts'

const localName = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|.*\.amazonaws\.com|.*\.api\.aws)(:\d+)?$/i

/**
 * Keeps web pages away from a control plane that trusts whoever reaches it over loopback: without this, any site open
 * in the developer's browser could create a function, and so run code, by a cross-site form post or by rebinding its
 * own name to 127.0.0.1. AWS clients send neither `Origin` nor `Sec-Fetch-Site`, and use a local or an AWS name.
 *
 * @returns why the request is refused, or undefined.
 */
export function refusalOfBrowsers({ headers }: Pick<WireRequest, 'headers'>): string | undefined {
  const host = headers['host'] ?? ''
  if (!localName.test(host)) {
    return `The management API listens on loopback and answers to local names only, not to Host '${host}'`
  }
  const origin = headers['origin']
  const site = headers['sec-fetch-site']
  const foreignOrigin = origin !== undefined && origin !== `http://${host}`
  if (foreignOrigin || site === 'cross-site' || site === 'same-site') {
    return 'The management API does not answer web pages of other origins'
  }
  return undefined
}
