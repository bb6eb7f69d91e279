import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { regionalHostedZoneId } from './hosted-zone.ts'

describe('regionalHostedZoneId', () => {
  test('knows the documented zones', () => assert.equal(regionalHostedZoneId('eu-west-1'), 'ZLY8HYME6SFDD'))

  test('gives other regions a zone of their own that stays the same', () => {
    const zone = regionalHostedZoneId('xx-north-7')
    assert.match(zone, /^Z[A-Z0-9]{13}$/)
    assert.equal(regionalHostedZoneId('xx-north-7'), zone)
    assert.notEqual(regionalHostedZoneId('xx-north-8'), zone)
  })
})
