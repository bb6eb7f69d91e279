import type { RestIntegration } from '../../snapshot/rest-api.ts'

const neverMapped = ['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']
/** Observed: refused for `AWS_PROXY` too, where mappings have no other effect. */
const neverMappedToAws = ['authorization', 'connection', 'expect', 'proxy-authenticate', 'te']
/** AWS documents these as mappable; on our connections to backends they are the gateway's own business. */
const hopByHop = ['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']

const toHttp: ReadonlySet<string> = new Set([...neverMapped, ...hopByHop])
const toAws: ReadonlySet<string> = new Set([...neverMapped, ...neverMappedToAws])

/** Headers, in lower case, that no mapping of an integration may set: a call that tries to fails with 500, as on AWS. */
export function illegalHeaders(type: RestIntegration['type']): ReadonlySet<string> {
  return type === 'HTTP' || type === 'HTTP_PROXY' ? toHttp : toAws
}
