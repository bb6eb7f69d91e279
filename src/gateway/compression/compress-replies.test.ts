import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gunzipSync, inflateSync } from 'node:zlib'
import { deployed, type InvocationValues, invocation } from '../fixtures.ts'
import type { BodySink, BodySource, Reply } from '../reply.ts'
import { isSource } from '../reply.ts'
import { compressReplies } from './compress-replies.ts'

const text = 'abc'.repeat(100)

function reply(changes: Partial<Reply> = {}): Reply {
  return { status: 200, headers: ['Content-Type', 'text/plain'], body: text, ...changes }
}

async function answer(given: Reply, values: InvocationValues = { headers: ['Accept-Encoding', 'gzip'] }, minimum = 10) {
  return compressReplies(minimum)(undefined, () => given)(invocation(values))
}

/** A body that arrives in pieces, the next when it is asked for. */
class Pieces implements BodySource {
  private sink: BodySink | undefined
  private readonly pieces: (string | Error)[]
  /** How often it was asked to go on. */
  resumed = 0

  constructor(...pieces: (string | Error)[]) {
    this.pieces = pieces
  }

  pour(sink: BodySink): void {
    this.sink = sink
    this.resume()
  }

  resume(): void {
    this.resumed++
    for (let open: boolean | undefined = true; open; ) {
      const piece = this.pieces.shift()
      if (piece === undefined) this.sink?.end()
      else if (piece instanceof Error) this.sink?.fail(piece)
      else open = this.sink?.write(Buffer.from(piece))
      if (piece === undefined || piece instanceof Error) return
    }
  }
}

/** Reads a reply's body at a client's speed: it takes one piece at a time. */
function read({ body }: Reply): Promise<Buffer> {
  if (!isSource(body)) return Promise.resolve(Buffer.from(body))
  const chunks: Buffer[] = []
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  body.pour({
    write(chunk) {
      chunks.push(chunk)
      setImmediate(() => body.resume())
      return false
    },
    end(last) {
      if (last) chunks.push(last)
      resolve(Buffer.concat(chunks))
    },
    fail: reject,
  })
  return promise
}

describe('a reply is compressed', () => {
  for (const [coding, decode] of [
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
  ] as const) {
    test(`by ${coding}, if the client accepts that`, async () => {
      const { headers, body, status } = await answer(reply(), { headers: ['Accept-Encoding', coding] })
      assert.deepEqual([status, headers], [200, ['Content-Type', 'text/plain', 'Content-Encoding', coding]])
      assert.ok(Buffer.isBuffer(body) && body.length < text.length)
      assert.equal(decode(body).toString(), text)
    })
  }

  test('as the bytes that it has', async () => {
    const bytes = Buffer.from([0, 255, ...Buffer.from(text)])
    const { body } = await answer(reply({ body: bytes }))
    assert.ok(Buffer.isBuffer(body))
    assert.deepEqual(gunzipSync(body), bytes)
  })

  test('while it arrives', async () => {
    const pieces = Array.from({ length: 200 }, (_, i) => `${i}`.repeat(2_000))
    const late = await answer(reply({ body: new Pieces(...pieces) }))
    assert.deepEqual(late.headers.slice(2), ['Content-Encoding', 'gzip'])
    assert.equal(gunzipSync(await read(late)).toString(), pieces.join(''))
  })

  test('while it arrives, without its length', async () => {
    const headers = ['content-length', '6', 'Content-Type', 'text/plain']
    const late = await answer(reply({ headers, body: new Pieces('abc', 'def') }), undefined, 6)
    assert.deepEqual(late.headers, ['Content-Type', 'text/plain', 'Content-Encoding', 'gzip'])
    assert.equal(gunzipSync(await read(late)).toString(), 'abcdef')
  })
})

describe('a reply stays as it is', () => {
  const gzip = ['Accept-Encoding', 'gzip']
  const cases: [string, Reply, InvocationValues?, number?][] = [
    ['for a client that accepts no coding', reply(), {}],
    ['below the size', reply({ body: 'ä'.repeat(4) })],
    ['without a body', reply({ body: '' }), { headers: gzip }, 0],
    ['that is compressed already', reply({ headers: ['content-encoding', 'br'] })],
    ['that is a part of a document', reply({ status: 206 })],
    ['of 304', reply({ status: 304 })],
    ['to HEAD', reply(), { method: 'HEAD', headers: gzip }],
    [
      'whose declared length is below the size',
      reply({ headers: ['Content-Length', '9'], body: new Pieces('123456789') }),
    ],
  ]
  for (const [name, given, values, minimum] of cases) {
    test(name, async () => assert.equal(await answer(given, values, minimum), given))
  }

  test('that ends before it is known to be long enough', async () => {
    const late = await answer(reply({ body: new Pieces('abc', 'def') }))
    assert.deepEqual(late.headers, ['Content-Type', 'text/plain'])
    assert.equal(String(await read(late)), 'abcdef')
  })

  test('of a method that streams', () => {
    const next = () => reply()
    assert.equal(compressReplies(0)(deployed({ responseTransferMode: 'STREAM' }), next), next)
  })
})

describe('a reply that fails on the way fails', () => {
  const broken = new Error('broken')
  for (const [name, pieces] of [
    ['before it is known to be long enough', ['abc', broken]],
    ['when it is compressed', [text, text, broken]],
  ] as const) {
    test(name, async () => {
      await assert.rejects(async () => read(await answer(reply({ body: new Pieces(...pieces) }))), broken)
    })
  }
})
