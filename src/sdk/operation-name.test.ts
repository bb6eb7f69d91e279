import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { operationName } from './operation-name.ts'

describe('operationName', () => {
  const cases: readonly (readonly [string, string, string | undefined, string])[] = [
    ['/', 'GET', undefined, 'rootGet'],
    ['/pets', 'POST', undefined, 'petsPost'],
    ['/user/{userId}/userReply', 'GET', undefined, 'userUserIdUserReplyGet'],
    ['/get_bookings', 'GET', undefined, 'getBookingsGet'],
    ['/get-track-info-by-tag', 'GET', undefined, 'getTrackInfoByTagGet'],
    ['/{united_search+}', 'GET', undefined, 'unitedSearchGet'],
    ['/{proxy+}', 'OPTIONS', undefined, 'proxyOptions'],
    ['/v1.0/Pets:all', 'GET', undefined, 'v10PetsAllGet'],
    ['/2020', 'GET', undefined, '_2020Get'],
    ['/pets', 'GET', 'ListPets', 'listPets'],
    ['/pets', 'GET', 'list all-pets', 'listAllPets'],
    ['/pets', 'GET', 'x(){}; process.exit()//', 'xProcessExit'],
    ['/pets', 'GET', '犬', 'petsGet'],
    ['/pets', 'GET', 'then', 'then_'],
    ['/pets', 'GET', '__proto__', 'proto'],
  ]
  for (const [path, verb, ownName, expected] of cases) {
    test(`calls ${verb} ${path}${ownName === undefined ? '' : `, named ${ownName},`} ${expected}`, () =>
      assert.equal(operationName(path, verb, ownName), expected))
  }
})
