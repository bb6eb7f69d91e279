import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as apigatewaySdk from '@aws-sdk/client-api-gateway'
import * as apigatewayv2Sdk from '@aws-sdk/client-apigatewayv2'
import * as iamSdk from '@aws-sdk/client-iam'
import * as lambdaSdk from '@aws-sdk/client-lambda'
import * as stsSdk from '@aws-sdk/client-sts'
import { seeded } from '../../test/seeded.ts'
import type { Contract } from './contract.ts'
import { loadContract } from './load-contract.ts'
import type { Operation } from './operation.ts'
import { ServiceError } from './service-error.ts'
import { RandomValue } from './testing/random-value.ts'
import { type Served, serve } from './testing/serve.ts'

/** The part of an SDK client that these tests use, whichever its commands are. */
interface AnyClient {
  send(command: unknown): Promise<unknown>
  destroy(): void
}

interface Subject {
  readonly contract: Contract
  readonly sdk: Readonly<Record<string, unknown>>
  readonly client: (endpoint: string, maxAttempts: number) => AnyClient
}

const settings = {
  region: 'eu-west-1',
  credentials: { accessKeyId: '111122223333', secretAccessKey: 'secret' },
}
const subjects: Subject[] = [
  {
    contract: loadContract('apigateway'),
    sdk: apigatewaySdk,
    client: (endpoint, maxAttempts) =>
      new apigatewaySdk.APIGatewayClient({ ...settings, endpoint, maxAttempts }) as AnyClient,
  },
  {
    contract: loadContract('apigatewayv2'),
    sdk: apigatewayv2Sdk,
    client: (endpoint, maxAttempts) =>
      new apigatewayv2Sdk.ApiGatewayV2Client({ ...settings, endpoint, maxAttempts }) as AnyClient,
  },
  {
    contract: loadContract('iam'),
    sdk: iamSdk,
    client: (endpoint, maxAttempts) => new iamSdk.IAMClient({ ...settings, endpoint, maxAttempts }) as AnyClient,
  },
  {
    contract: loadContract('lambda'),
    sdk: lambdaSdk,
    client: (endpoint, maxAttempts) => new lambdaSdk.LambdaClient({ ...settings, endpoint, maxAttempts }) as AnyClient,
  },
  {
    contract: loadContract('sts'),
    sdk: stsSdk,
    client: (endpoint, maxAttempts) => new stsSdk.STSClient({ ...settings, endpoint, maxAttempts }) as AnyClient,
  },
]

/** Not an event stream, whose answer is no body that is written at once. */
const isWhole = (name: string) => name !== 'InvokeWithResponseStream'

for (const { contract, sdk, client: connect } of subjects) {
  describe(`the ${contract.service} SDK client`, () => {
    const random = new RandomValue(contract, seeded(7))
    let reply: Operation<unknown>
    let served: Served
    let client: AnyClient
    const command = (name: string, input: unknown) => construct(sdk[`${name}Command`], input)

    before(async () => {
      const operations = Object.keys(contract.operations)
        .filter(isWhole)
        .map((name) => [name, (input: unknown, caller: Parameters<Operation>[1]) => reply({ name, input }, caller)])
      served = await serve([{ contract, operations: Object.fromEntries(operations) }])
      client = connect(served.endpoint, 1)
    })
    after(async () => {
      client.destroy()
      await served[Symbol.asyncDispose]()
    })

    for (const [name, { input: inputName = '', output: outputName = '' }] of Object.entries(contract.operations)) {
      if (!isWhole(name)) continue
      test(`${name} arrives and answers unchanged`, async () => {
        for (let round = 0; round < 3; round++) {
          const input = random.structure(inputName)
          const output = random.structure(outputName)
          let arrived: unknown
          reply = async (call) => {
            arrived = call
            return output
          }
          const answer = await client.send(command(name, input))
          assert.deepEqual(plain(arrived), plain({ name, input }))
          assert.deepEqual(plain(answer), plain(output))
        }
      })
    }

    test('learns at once that an operation is not built', async () => {
      await using empty = await serve([{ contract, operations: {} }])
      const patient = connect(empty.endpoint, 3)
      const [name = '', { input = '' } = {}] = Object.entries(contract.operations)[0] ?? []
      await assert.rejects(patient.send(command(name, random.structure(input))), (thrown: unknown) => {
        const refusal = thrown as Error & { $metadata: { attempts: number } }
        const message = `The operation ${name} of ${contract.service} is not implemented.`
        assert.deepEqual(
          [refusal.name, refusal.message, refusal.$metadata.attempts],
          ['NotImplementedException', message, 1],
        )
        return true
      })
      patient.destroy()
    })

    const [anyOperation = '', { input: anyInput = '' } = {}] = Object.entries(contract.operations)[0] ?? []
    for (const [code, { error }] of Object.entries(contract.structures)) {
      if (!error) continue
      test(`${code} arrives as its class`, async () => {
        reply = async () => {
          throw new ServiceError(code, 'boom <1>')
        }
        await assert.rejects(client.send(command(anyOperation, random.structure(anyInput))), (thrown: unknown) => {
          assert.ok(thrown instanceof classOf(sdk[code]))
          const { name, message, $metadata } = thrown as Error & {
            $metadata: { httpStatusCode: number; requestId: string }
          }
          assert.deepEqual([name, message, $metadata.httpStatusCode], [code, 'boom <1>', error.status])
          assert.match($metadata.requestId, /^[0-9a-f-]{36}$/)
          return true
        })
      })
    }
  })
}

function classOf(value: unknown): new (...args: never[]) => unknown {
  assert.ok(typeof value === 'function')
  return value as new (
    ...args: never[]
  ) => unknown
}

function construct(command: unknown, input: unknown): unknown {
  return new (classOf(command))(input as never)
}

/** Bytes as base64 and streams read, without what the client adds. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && key !== '$metadata')
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]))
}
