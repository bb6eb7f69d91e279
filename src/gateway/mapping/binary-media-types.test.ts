import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { binaryMediaTypes } from './binary-media-types.ts'

describe('binaryMediaTypes', () => {
  for (const [entries, header, expected] of [
    [[], 'image/png', false],
    [['image/png'], 'image/png', true],
    [['image/png'], 'Image/PNG; q=1', true],
    [['image/png'], 'image/png, text/html', true],
    [['image/png'], 'text/html, image/png', false],
    [['image/png'], 'image/*', false],
    [['image/png'], undefined, false],
    [['image/*'], 'image/png', true],
    [['image/*'], 'image/*', true],
    [['*/png'], 'image/png', false],
    [['*/*'], 'text/html', true],
    [['*/*'], undefined, true],
  ] as const) {
    test(`${entries} and ${header}: ${expected}`, () => assert.equal(binaryMediaTypes(entries)(header), expected))
  }
})
