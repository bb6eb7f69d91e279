import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HeaderList } from '../headers.ts'
import { acceptedCoding } from './coding.ts'

describe('acceptedCoding', () => {
  const cases: [accepted: string | undefined, coding: string | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['br', undefined],
    ['gzip, deflate, br, zstd', 'gzip'],
    ['deflate, gzip;q=0.5', 'deflate'],
    ['gzip;q=0.1, deflate;q=0.2', 'deflate'],
    ['gzip;q=0', undefined],
    ['gzip;q=0, deflate;q=0', undefined],
    ['*', 'gzip'],
    ['gzip;q=0, *', 'deflate'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['identity, gzip', 'gzip'],
    ['identity, gzip;q=0.9', undefined],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=2', undefined],
    ['gzip;q=x', undefined],
    ['gzip ; q=0.5 , ', 'gzip'],
  ]
  for (const [accepted, coding] of cases) {
    test(`${accepted ?? 'nothing'} is answered with ${coding ?? 'the bare body'}`, () => {
      assert.equal(acceptedCoding(new HeaderList(accepted === undefined ? [] : ['Accept-Encoding', accepted])), coding)
    })
  }
})
