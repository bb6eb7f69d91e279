import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as apigatewaySdk from '@aws-sdk/client-api-gateway'
import * as apigatewayv2Sdk from '@aws-sdk/client-apigatewayv2'
import * as lambdaSdk from '@aws-sdk/client-lambda'
import { apigateway } from './contract/apigateway.gen.ts'
import { apigatewayv2 } from './contract/apigatewayv2.gen.ts'
import { lambda } from './contract/lambda.gen.ts'
import type { Contract } from './contract.ts'
import type { Operation } from './operation.ts'
import { ServiceError } from './service-error.ts'
import { RandomValue, seededRandom } from './testing/random-value.ts'
import { type Served, serve } from './testing/serve.ts'

/** The part of an SDK client that these tests use, whichever its commands are. */
interface AnyClient {
  send(command: unknown): Promise<unknown>
  destroy(): void
}

interface Subject {
  readonly contract: Contract
  readonly sdk: Readonly<Record<string, unknown>>
  readonly client: (endpoint: string) => AnyClient
}

const settings = {
  region: 'eu-west-1',
  credentials: { accessKeyId: '111122223333', secretAccessKey: 'secret' },
  maxAttempts: 1,
}
const subjects: Subject[] = [
  {
    contract: apigateway,
    sdk: apigatewaySdk,
    client: (endpoint) => new apigatewaySdk.APIGatewayClient({ ...settings, endpoint }) as AnyClient,
  },
  {
    contract: apigatewayv2,
    sdk: apigatewayv2Sdk,
    client: (endpoint) => new apigatewayv2Sdk.ApiGatewayV2Client({ ...settings, endpoint }) as AnyClient,
  },
  {
    contract: lambda,
    sdk: lambdaSdk,
    client: (endpoint) => new lambdaSdk.LambdaClient({ ...settings, endpoint }) as AnyClient,
  },
]

for (const { contract, sdk, client: connect } of subjects) {
  describe(`the ${contract.service} SDK client`, () => {
    const random = new RandomValue(contract, seededRandom(7))
    let reply: Operation<unknown>
    let served: Served
    let client: AnyClient
    const command = (name: string, input: unknown) => construct(sdk[`${name}Command`], input)

    before(async () => {
      const operations = Object.keys(contract.operations).map((name) => [
        name,
        (input: unknown, caller: Parameters<Operation>[1]) => reply({ name, input }, caller),
      ])
      served = await serve([{ contract, operations: Object.fromEntries(operations) }])
      client = connect(served.endpoint)
    })
    after(async () => {
      client.destroy()
      await served[Symbol.asyncDispose]()
    })

    for (const [name, { input: inputName = '', output: outputName = '' }] of Object.entries(contract.operations)) {
      if (name === 'InvokeWithResponseStream') continue // an event stream: not a body that is read whole
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
