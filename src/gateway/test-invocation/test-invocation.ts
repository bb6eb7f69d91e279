import type { RestResource } from '../../snapshot/rest-api.ts'
import type { TestInvocation, TestResult } from '../../snapshot/test-invocation.ts'
import { GatewayError } from '../error.ts'
import { errorAnswers } from '../gateway-response/gateway-responses.ts'
import { isNamed } from '../headers.ts'
import { integrate, type Outside } from '../integration/integrate.ts'
import type { Invocation } from '../invocation.ts'
import { parseQuery } from '../mapping/query.ts'
import { build } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { executionSteps } from '../rest/rest-steps.ts'
import { router } from '../rest/router.ts'
import { pathVariables } from '../routing/path-variables.ts'
import { type ExecutionLog, logged } from './execution-log.ts'
import { logText } from './log-text.ts'
import { invocationOf } from './made-up-call.ts'
import { toldOutside } from './told-outside.ts'
import { wholeBody } from './whole-body.ts'

/** Runs `TestInvokeMethod`: the real execution of a method, told line by line. */
export function testInvoker(outside: Outside): (test: TestInvocation) => Promise<TestResult> {
  const { now } = outside
  return async (test) => {
    const deployed = deployedMethod(test)
    const { resourcePath, pathVariables: names } = deployed
    const { httpMethod, headers: sent, body: sentBody, pathWithQueryString } = test
    const beganMs = now()
    const requestId = outside.ids.request()
    const log = logText(requestId, now)
    const target = pathWithQueryString ?? resourcePath
    const call = { httpMethod, target, headers: sent, body: sentBody, requestId, receivedAt: beganMs }
    const invocation = invocationOf(call, outside.ids, (path) =>
      pathWithQueryString === undefined ? names.map((name) => `{${name}}`) : pathValues(path, resourcePath, names),
    )
    tellRequest(test, deployed, invocation, log)
    const { status, headers, body } = await execute(deployed, invocation, outside, log)
    log.write(`Method completed with status: ${status}`)
    return { status, headers, body, latencyMs: now() - beganMs, log: log.text }
  }
}

function deployedMethod({ stage }: TestInvocation): DeployedMethod {
  const [resource] = stage.api.resources
  const [[httpMethod, method] = []] = Object.entries(resource?.methods ?? {})
  if (!resource || httpMethod === undefined || !method) throw new Error('A test invocation holds no method')
  const { resourceId, path } = resource
  return { stage, resourceId, resourcePath: path, pathVariables: pathVariables(path), httpMethod, method }
}

/** Observed: a path that is none of the resource's still runs the method, whose path variables are then empty. */
function pathValues(path: string, resourcePath: RestResource['path'], names: readonly string[]): readonly string[] {
  return router([[resourcePath, true]]).match(path)?.pathValues ?? names.map(() => '')
}

function tellRequest(
  { body }: TestInvocation,
  { pathVariables: names }: DeployedMethod,
  { request, pathValues: values, requestId }: Invocation,
  log: ExecutionLog,
): void {
  log.write(`Starting execution for request: ${requestId}`)
  log.write(`HTTP Method: ${request.method}, Resource Path: ${request.path}`)
  log.write(`Method request path: ${logged(names.flatMap((name, i) => (values[i] ? [name, values[i]] : [])))}`)
  log.write(`Method request query string: ${logged(parseQuery(request.query))}`)
  log.write(`Method request headers: ${logged(request.headers.raw)}`)
  log.write(`Method request body before transformations: ${body}`)
}

interface Outcome {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

async function execute(
  deployed: DeployedMethod,
  invocation: Invocation,
  outside: Outside,
  log: ExecutionLog,
): Promise<Outcome> {
  try {
    const handler = build(
      executionSteps,
      deployed,
      integrate(deployed, toldOutside(outside, deployed.stage.region, log)),
    )
    return await told(await handler(invocation), log)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.write(failureLine(error))
    const { status, headers, body } = errorAnswers(deployed.stage)(deployed)(error, invocation)
    return { status, headers: withoutContentType(headers), body: (await wholeBody(body)).text }
  }
}

/** Observed: the answer of a test that failed has no content type. */
function withoutContentType(lines: readonly string[]): string[] {
  return lines.filter((_, i) => !isNamed(lines[i - (i % 2)] ?? '', 'content-type'))
}

async function told({ status, headers, body }: Reply, log: ExecutionLog): Promise<Outcome> {
  const { text, failure } = await wholeBody(body)
  if (failure) throw failure
  log.write(`Method response body after transformations: ${text}`)
  log.write(`Method response headers: ${logged(headers)}`)
  log.write('Successfully completed execution')
  return { status, headers, body: text }
}

function failureLine({ type, message, detail = message }: GatewayError): string {
  // Observed: what a validator found stands alone.
  if (type === 'BAD_REQUEST_BODY') return detail
  if (type !== 'API_CONFIGURATION_ERROR') return `Execution failed: ${detail}`
  const prefix = 'Execution failed due to configuration error: '
  return detail.startsWith(prefix) ? detail : prefix + detail
}
