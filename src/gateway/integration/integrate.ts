import type { FunctionInvoker } from '../../lambda/invoker.ts'
import type { Log } from '../../log.ts'
import type { Ids } from '../ids.ts'
import type { Handler } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { AwsServices } from './aws-service/aws-service.ts'
import { httpProxy } from './http-proxy/http-proxy.ts'
import { lambdaProxy } from './lambda-proxy/lambda-proxy.ts'
import { mock } from './mock/mock.ts'
import type { Send } from './upstream/upstream.ts'

/** All that the data plane reaches outside of itself. */
export interface Outside {
  readonly functions: FunctionInvoker
  readonly send: Send
  readonly services: AwsServices
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
  /** Upper limit of every integration's `timeoutInMillis`. */
  readonly maxIntegrationTimeoutMs: number
}

/** The handler that calls a method's backend. */
export function integrate(deployed: DeployedMethod, outside: Outside): Handler {
  const { integration } = deployed.method
  const timeoutMs = Math.min(integration.timeoutInMillis, outside.maxIntegrationTimeoutMs)
  switch (integration.type) {
    case 'AWS_PROXY':
      return lambdaProxy(deployed, { ...outside, timeoutMs })
    case 'HTTP_PROXY':
      return httpProxy(deployed, { ...outside, timeoutMs })
    case 'MOCK':
      return mock(integration)
  }
}
