import { getRandomValues, randomUUID } from 'node:crypto'
import { apiGatewayOperations } from './apigateway/api-gateway-operations.ts'
import { generateClientCertificate } from './apigateway/client-certificate/generate.ts'
import type { Dependencies } from './apigateway/dependencies.ts'
import { idDrawer, secretAlphabet } from './apigateway/new-id.ts'
import { apiGatewayV2Operations } from './apigatewayv2/api-gateway-v2-operations.ts'
import { accountRateOf } from './config/account-rate.ts'
import { type Config, rootKeysOf } from './config.ts'
import { createGuard } from './control/authorization/guard.ts'
import type { CodeLinks } from './control/code-links.ts'
import type { Identities } from './gateway/identity/identities.ts'
import { findUsableKey } from './iam/access-key/access-key.ts'
import { entityArns } from './iam/entity/entity-arn.ts'
import { iamOperations } from './iam/iam-operations.ts'
import { identityDependencies } from './identity-dependencies.ts'
import type { EventQueue } from './lambda/invocation/event-queue.ts'
import type { FunctionInvoker } from './lambda/invoker.ts'
import { lambdaOperations } from './lambda/service.ts'
import type { Log } from './log.ts'
import { stsOperations } from './sts/sts-operations.ts'
import { loadContract } from './wire/load-contract.ts'
import type { WireRequest, WireResponse } from './wire/message.ts'
import { createWire, type Service } from './wire/wire.ts'

/** What the management of a gateway works with. */
export interface AwsWireOptions
  extends Pick<
    Dependencies,
    'store' | 'now' | 'cipher' | 'recordUsage' | 'flushResponses' | 'testMethod' | 'testAuthorizer'
  > {
  readonly config: Config
  /** Of the gateway itself. */
  readonly url: string
  readonly log: Log
  readonly invoker: FunctionInvoker
  readonly eventQueue: EventQueue
  readonly codeLinks: CodeLinks
  /** Those that are known now. */
  readonly identities: Identities
}

/** Answers every AWS client: all services that are built, behind the guard where the configuration wants one. */
export function awsWire(options: AwsWireOptions): (request: WireRequest) => Promise<WireResponse> {
  const { config, store, now, log, identities } = options
  const guard = createGuard({ find: identities.find, entityArn: entityArns(store), now: Date.now })
  const rootAccounts = new Map(rootKeysOf(config).map(({ accessKeyId, account }) => [accessKeyId, account]))
  return createWire({
    services: servicesOf(options),
    region: config.region,
    account: config.account,
    accountOf: async (accessKeyId) =>
      rootAccounts.get(accessKeyId) ??
      (await store.read((reader) => findUsableKey(reader, accessKeyId, now())))?.account,
    ...(config.iam === 'enforce' && { guard }),
    newRequestId: randomUUID,
    log,
  })
}

function servicesOf(options: AwsWireOptions): Service[] {
  const { config, url, store, now, cipher, invoker, eventQueue, codeLinks } = options
  const { recordUsage, flushResponses, testMethod, testAuthorizer } = options
  const newId = idDrawer(getRandomValues)
  const forIdentities = identityDependencies({ store, now, cipher })
  return [
    {
      contract: loadContract('apigateway'),
      operations: apiGatewayOperations({
        store,
        now,
        newId,
        newSecret: idDrawer(getRandomValues, secretAlphabet),
        cipher,
        accountRate: accountRateOf(config),
        recordUsage,
        flushResponses,
        generateCertificate: generateClientCertificate,
        maxIntegrationTimeoutMs: config.maxIntegrationTimeoutMs,
        vpcLinkTargets: config.vpcLinkTargets,
        testMethod,
        testAuthorizer,
      }),
    },
    { contract: loadContract('apigatewayv2'), operations: apiGatewayV2Operations({ store, now, newId, cipher }) },
    { contract: loadContract('iam'), operations: iamOperations(forIdentities) },
    { contract: loadContract('sts'), operations: stsOperations({ ...forIdentities, fetch }) },
    {
      contract: loadContract('lambda'),
      operations: lambdaOperations({
        store,
        invoker,
        eventQueue,
        now,
        newUuid: randomUUID,
        codeLocation: (blobName) => url + codeLinks.link(blobName),
        concurrentExecutions: config.maxEnvironments,
        machine: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      }),
    },
  ]
}
