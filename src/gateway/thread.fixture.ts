import { digestOf, zipOf } from '../lambda/pool/function-service.fixture.ts'
import { countMemory } from '../lambda/pool/neighbours/shared-counts.ts'
import { slotMemory } from '../limiter/shared-slots.ts'
import { allocateCacheMemory } from '../response-cache/cache-memory.ts'
import type { FunctionChange } from '../snapshot/function.ts'
import type { DataThreadSettings } from '../threads/handlers.ts'
import { functionArn, publicBackends } from './fixtures.ts'

/** The code of a function that answers callers and invokers, or spins without end. */
export const functionZip = zipOf({
  'index.js': `exports.handler = async (event) => {
    if (event.spin) for (;;);
    return event.httpMethod ? { body: 'from the function' } : { pid: process.pid }
  }`,
})
export const functionVersion = {
  functionArn,
  functionName: 'f',
  version: '$LATEST',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  role: '',
  codeDigest: digestOf(functionZip),
  layers: [],
  environment: {},
  memoryMegabytes: 128,
  timeoutSeconds: 10,
  revisionId: '1',
}
/** Its publication: API Gateway may invoke it for GET. */
export const functionChange: Required<FunctionChange> = {
  functionArn,
  published: {
    functionArn,
    versions: { $LATEST: functionVersion },
    aliases: {},
    policies: {
      '': [
        {
          Sid: 's',
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: functionArn,
          Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:*:*:*/*/GET/*' } },
        },
      ],
    },
  },
}
export const invocation = { functionArn, payload: '{}', invocationType: 'RequestResponse' } as const

/** What a data thread starts with. */
export const threadSettings = (dataDir: string, threads = 1): DataThreadSettings => ({
  maxIntegrationTimeoutMs: 29_000,
  backends: publicBackends,
  trustedProxies: [],
  userPools: [],
  vpcEndpoints: [],
  limits: slotMemory(64),
  accountRate: undefined,
  announceLimits: false,
  responses: allocateCacheMemory(1_048_576),
  thread: 0,
  functions: {
    dataDir,
    threads,
    counts: countMemory(threads, 64),
    maxEnvironments: 4,
    environmentIdleMs: 60_000,
    logBytesPerFunction: 1_000_000,
    endpointUrl: 'http://127.0.0.1:4566',
    remoteFunctions: [],
  },
  logLevel: 'silent',
})
