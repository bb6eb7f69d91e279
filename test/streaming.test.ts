import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { type Clients, clientsOf, createApi, createFunction, createResource, deploy, invokeUrl, permit } from './api.ts'
import { type Gatehouse, startGatehouse } from './gatehouse.ts'

/** Streams as its query says: pieces of 64 KB, with a pause after the first. */
const source = `
  export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
    const { pieces = '1', pauseMs = '0', fail } = event.queryStringParameters ?? {}
    const http = awslambda.HttpResponseStream.from(stream, {
      statusCode: 201, headers: { 'Content-Type': 'text/plain', 'X-Path': event.path }, cookies: ['a=1', 'b=2'],
    })
    const piece = 'x'.repeat(65536)
    http.write('first')
    await new Promise((settled) => setTimeout(settled, Number(pauseMs)))
    if (fail) throw new Error('too late')
    for (let i = 0; i < Number(pieces); i++) {
      if (!http.write(piece)) await new Promise((settled) => http.once('drain', settled))
    }
    http.end()
  })`

function megabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

for (const workers of ['1', '2']) {
  describe(`with ${workers} data threads, a response`, () => {
    let gatehouse: Gatehouse
    let clients: Clients
    let restApiId: string
    const backend = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' })
      const piece = Buffer.alloc(65_536, 'y')
      let pieces = 1_600
      const write = () => {
        while (pieces-- > 0) if (!response.write(piece)) return void response.once('drain', write)
        response.end()
      }
      write()
    }).listen(0, '127.0.0.1')

    before(async () => {
      gatehouse = await startGatehouse({ args: ['--workers', workers] })
      clients = clientsOf(gatehouse.url)
      const api = await createApi(clients, 'streams')
      restApiId = api.restApiId
      const functionArn = await createFunction(clients, 'stream', source)
      await permit(clients, functionArn, restApiId)
      const uri = `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${functionArn}/response-streaming-invocations`
      await put(await createResource(clients, restApiId, 'function'), {
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri,
      })
      const { port } = backend.address() as AddressInfo
      const web = { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: `http://127.0.0.1:${port}/` } as const
      await put(await createResource(clients, restApiId, 'web'), web)
      await deploy(clients, restApiId)
    })
    after(async () => {
      backend.close()
      await gatehouse[Symbol.asyncDispose]()
    })

    async function put(
      resourceId: string,
      integration: { type: 'AWS_PROXY' | 'HTTP_PROXY'; integrationHttpMethod: string; uri: string },
    ): Promise<void> {
      const method = { restApiId, resourceId, httpMethod: 'GET' }
      await clients.apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
      const streamed = { responseTransferMode: 'STREAM', timeoutInMillis: 60_000 } as const
      await clients.apigateway.send(new PutIntegrationCommand({ ...method, ...integration, ...streamed }))
    }

    /** Reads nothing for a while, and counts what then comes. */
    async function read(path: string, waitMs = 0) {
      const started = performance.now()
      const url = invokeUrl(clients, restApiId, path)
      return new Promise<{
        status: number | undefined
        headers: string[]
        firstMs: number
        length: number
        text: string
      }>((resolve, reject) => {
        get(url, (response) => {
          let length = 0
          let firstMs = 0
          let text = ''
          response.on('error', reject)
          setTimeout(() => {
            response.on('data', (chunk: Buffer) => {
              if (length === 0) {
                text = chunk.toString('latin1', 0, 5)
                firstMs = performance.now() - started
              }
              length += chunk.length
            })
          }, waitMs)
          response.on('end', () =>
            resolve({ status: response.statusCode, headers: response.rawHeaders, firstMs, length, text }),
          )
        }).on('error', reject)
      })
    }

    test('of a function begins before the function has ended', async () => {
      await read('/function')
      const { status, headers, firstMs, text } = await read('/function?pauseMs=700')
      assert.deepEqual([status, text], [201, 'first'])
      assert.ok(firstMs < 600, `the first bytes came after ${firstMs} ms`)
      assert.equal(headers[headers.indexOf('X-Path') + 1], '/function')
      assert.equal(headers.filter((name) => name === 'Set-Cookie').length, 2)
    })

    test('is as long as it likes, and holds no memory for a slow client', async () => {
      for (const path of ['/function?pieces=1600', '/web']) {
        await read(path)
        const before = megabytes(gatehouse.pid)
        const reading = read(path, 500)
        await new Promise((settled) => setTimeout(settled, 400))
        const grown = megabytes(gatehouse.pid) - before
        assert.ok(grown < 50, `${grown} MB were held of ${path}`)
        assert.equal((await reading).length, 1_600 * 65_536 + (path === '/web' ? 0 : 5))
      }
    })

    test('is cut where the function fails after it has begun', async () => {
      await assert.rejects(read('/function?fail=1&pauseMs=100'), { code: 'ECONNRESET' })
      assert.equal((await read('/function')).status, 201)
    })
  })
}
