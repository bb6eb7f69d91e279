const reserved: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-location',
  'forwarded',
  'keep-alive',
  'origin',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'via',
])

const prefixes = ['access-control-', 'apigw-', 'x-amz-', 'x-amzn-']

/** Documented: headers that no parameter mapping of an HTTP API may change, and no condition of a routing rule may name. */
export function isReservedHeader(name: string): boolean {
  const lowerName = name.toLowerCase()
  return reserved.has(lowerName) || prefixes.some((prefix) => lowerName.startsWith(prefix))
}
