import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ContentHandling } from '../../../snapshot/rest-api.ts'
import { requestContent, responseContent } from './content.ts'

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const base64 = 'iVBORw=='
const failed = { type: 'API_CONFIGURATION_ERROR', status: 500 }

describe('the content of a request', () => {
  const cases: [bytes: Buffer, listed: boolean, handling: ContentHandling | undefined, content: string | Buffer][] = [
    [Buffer.from('é'), false, undefined, 'é'],
    [Buffer.from('é'), false, 'CONVERT_TO_TEXT', 'é'],
    [png, false, undefined, '\ufffdPNG'],
    [Buffer.from(base64), false, 'CONVERT_TO_BINARY', png],
    [png, true, undefined, png],
    [png, true, 'CONVERT_TO_BINARY', png],
    [png, true, 'CONVERT_TO_TEXT', base64],
  ]
  for (const [bytes, listed, handling = undefined, content] of cases) {
    const name = `${listed ? 'binary' : 'text'} with ${handling ?? 'no conversion'}`
    test(`${name} is ${typeof content === 'string' ? 'text' : 'bytes'}`, () => {
      assert.deepEqual(requestContent(bytes, listed, handling), content)
    })
  }

  test('must be base64 to become bytes', () => {
    assert.throws(() => requestContent(Buffer.from('no!'), false, 'CONVERT_TO_BINARY'), failed)
  })
})

describe('the content of a response', () => {
  const text = Buffer.from(base64)
  const cases: [Buffer, listed: boolean, accepted: boolean, ContentHandling | undefined, content: string | Buffer][] = [
    [text, false, false, undefined, base64],
    [text, false, false, 'CONVERT_TO_BINARY', png],
    [text, false, false, 'CONVERT_TO_TEXT', base64],
    [text, false, true, undefined, png],
    [text, false, true, 'CONVERT_TO_BINARY', png],
    [text, false, true, 'CONVERT_TO_TEXT', base64],
    [png, true, false, undefined, base64],
    [png, true, false, 'CONVERT_TO_BINARY', png],
    [png, true, false, 'CONVERT_TO_TEXT', base64],
    [png, true, true, undefined, png],
    [png, true, true, 'CONVERT_TO_BINARY', png],
    [png, true, true, 'CONVERT_TO_TEXT', base64],
  ]
  for (const [bytes, listed, accepted, handling, content] of cases) {
    const name = `${listed ? 'binary' : 'text'} for who accepts ${accepted ? 'binary' : 'text'}`
    test(`${name}, with ${handling ?? 'no conversion'}, is ${typeof content === 'string' ? 'text' : 'bytes'}`, () => {
      assert.deepEqual(responseContent(bytes, listed, accepted, handling), content)
    })
  }

  test('must be base64 to become bytes', () => {
    assert.throws(() => responseContent(Buffer.from('{}'), false, true, undefined), failed)
  })
})
