import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { TestInvocation } from '../../snapshot/test-invocation.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, type Input, scopeOf } from '../../wire/operation.ts'
import { type Opening, openClientCertificate } from '../client-certificate/open.ts'
import type { Dependencies } from '../dependencies.ts'
import { type Definition, readMethodDefinition } from '../deployment/definition.ts'
import { freeze } from '../deployment/freeze.ts'
import { testStage } from '../deployment/test-stage.ts'
import { refuseUnsupported } from '../deployment/unsupported.ts'
import type { RestOperations } from '../operations.ts'
import { notFound } from '../refusal.ts'
import { restApis } from '../rest-api/rest-api.ts'
import { headerLines } from './header-lines.ts'

type Request = Input<typeof Sdk, 'TestInvokeMethod'>

/** Calls of methods that need no deployment. */
export function testInvokeOperations({ store, cipher, testMethod }: Dependencies) {
  return {
    async TestInvokeMethod(request, caller) {
      const test = await store.read((reader) => testInvocation(reader, caller, request, cipher))
      const { status, headers: lines, body, latencyMs, log } = await testMethod(test)
      const multiValueHeaders = valuesByName(lines)
      const headers = Object.fromEntries(
        Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1) ?? '']),
      )
      return { status, body, headers, multiValueHeaders, log, latency: latencyMs }
    },
  } satisfies Partial<RestOperations>
}

async function testInvocation(
  reader: Reader,
  caller: Caller,
  request: Request,
  cipher: Opening,
): Promise<TestInvocation> {
  const { restApiId, resourceId, httpMethod, pathWithQueryString, body = '', stageVariables = {} } = request
  const scope = scopeOf(caller)
  const api = await reader.get(restApis, scope, restApiId)
  // Observed: an unknown API is told as an unknown resource.
  if (!api) throw notFound('Invalid Resource identifier specified')
  const definition = openedUp(await readMethodDefinition(reader, scope, api, { resourceId, httpMethod }))
  refuseUnsupported(definition)
  const clientCertificate = request.clientCertificateId
    ? await openClientCertificate(reader, scope, request.clientCertificateId, cipher)
    : undefined
  return {
    stage: {
      ...testStage(caller, stageVariables, freeze(definition)),
      ...(clientCertificate && { clientCertificate }),
    },
    httpMethod: httpMethod === 'ANY' ? 'GET' : httpMethod,
    ...(pathWithQueryString && { pathWithQueryString }),
    headers: headerLines(request),
    body,
  }
}

/** A test begins behind everything that decides who may call. */
function openedUp({ api: { policy: _, ...api }, resources, ...definition }: Definition): Definition {
  return {
    ...definition,
    api,
    resources: resources.map(({ resource, methods }) => ({
      resource,
      methods: methods.map((method) => ({ ...method, authorizationType: 'NONE', apiKeyRequired: false })),
    })),
  }
}

function valuesByName(lines: readonly string[]): Record<string, string[]> {
  const values = new Map<string, string[]>()
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? ''
    values.set(name, [...(values.get(name) ?? []), lines[i + 1] ?? ''])
  }
  return Object.fromEntries(values)
}
