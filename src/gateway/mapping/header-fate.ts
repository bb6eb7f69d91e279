/** What becomes of a header on its way through a proxy integration; the documented table of REST APIs. */
export type RequestFate = 'pass' | 'drop'
export type ResponseFate = 'pass' | 'drop' | 'remap'

const neverForwarded = [
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]

/** Dropped from the event of a Lambda function; no mapping sees them either. */
const lambdaDrops: ReadonlySet<string> = new Set(neverForwarded)

/** Dropped on the way to an HTTP backend: the table's, and what concerns one connection only. */
const httpDrops: ReadonlySet<string> = new Set([
  ...neverForwarded,
  'content-encoding',
  'host',
  'via',
  'keep-alive',
  'proxy-connection',
])

const responseDrops: ReadonlySet<string> = new Set([
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
])

const responseRemaps: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
  'x-amz-apigw-id',
  'x-amzn-requestid',
])

/** Observed: with explicit response parameters these come out remapped. */
const mappedRemaps: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
])

/** Towards a Lambda function. @param lowerName In lower case. */
export function fateToLambda(lowerName: string): RequestFate {
  return lambdaDrops.has(lowerName) ? 'drop' : 'pass'
}

/** Towards an HTTP backend. @param lowerName In lower case. */
export function fateToHttp(lowerName: string): RequestFate {
  return httpDrops.has(lowerName) ? 'drop' : 'pass'
}

/** From a proxy integration back to the client. @param lowerName In lower case. */
export function fateToClient(lowerName: string): ResponseFate {
  if (responseDrops.has(lowerName)) return 'drop'
  return responseRemaps.has(lowerName) ? 'remap' : 'pass'
}

/** Of a header that `responseParameters` set. @param lowerName In lower case. */
export function fateOfMapped(lowerName: string): ResponseFate {
  if (lowerName === 'transfer-encoding') return 'drop'
  return mappedRemaps.has(lowerName) ? 'remap' : 'pass'
}

/** The name under which a remapped header reaches the client. */
export function remapped(name: string): string {
  return `x-amzn-Remapped-${name.toLowerCase() === 'x-amzn-requestid' ? 'x-amzn-RequestId' : name}`
}

/** A SigV4 signature in `Authorization` concerns the gateway and is never passed on. */
export function isSignature(lowerName: string, value: string): boolean {
  return lowerName === 'authorization' && value.startsWith('AWS4-')
}
