import { HeaderList } from '../headers.ts'
import type { Ids } from '../ids.ts'
import type { Invocation } from '../invocation.ts'
import { receivedBody } from '../received-body.ts'

/** What a client says of a call that nobody makes. */
export interface MadeUpCall {
  /** The verb. */
  readonly httpMethod: string
  /** Path and query. */
  readonly target: string
  /** Flat names and values. */
  readonly headers: readonly string[]
  readonly body: string
  readonly requestId: string
  /** Epoch milliseconds. */
  readonly receivedAt: number
}

/** The call as an invocation. Observed: who calls, and where, has names of its own. */
export function invocationOf(
  call: MadeUpCall,
  ids: Ids,
  pathValuesOf: (path: string) => readonly string[],
): Invocation {
  const { httpMethod, target, headers, body, requestId, receivedAt } = call
  const question = target.indexOf('?')
  const rawPath = question < 0 ? target : target.slice(0, question)
  const path = rawPath.startsWith('/') ? rawPath : `/${rawPath}`
  return {
    request: {
      method: httpMethod,
      path,
      query: question < 0 ? '' : target.slice(question + 1),
      headers: new HeaderList(headers),
      body: receivedBody(Buffer.from(body)),
      domainName: 'testPrefix.testDomainName',
      protocol: 'HTTP/1.1',
      sentMethod: httpMethod,
      target,
    },
    client: { sourceIp: 'test-invoke-source-ip', scheme: 'https', port: '443', onGone() {} },
    pathValues: pathValuesOf(path),
    requestId,
    extendedRequestId: ids.extendedRequest(),
    receivedAt,
  }
}
