import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodePath } from './decode-path.ts'
import { routeFinder } from './router.ts'

function finder(...routeKeys: string[]) {
  return routeFinder(routeKeys.map((key) => [key, key] as const))
}

describe('the route of a call', () => {
  const documented = finder(
    'GET /pets/dog/1',
    'GET /pets/dog/{id}',
    'GET /pets/{proxy+}',
    'ANY /{proxy+}',
    '$default',
    'ANY /pets/dog/{name}/toys',
    'POST /',
    'GET /a/{x}/c',
    'GET /a/b/{rest+}',
  )
  for (const [verb, path, routeKey, ...values] of [
    ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', '2'],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', 'cat/1'],
    ['POST', '/pets/dog/1', 'ANY /{proxy+}', 'pets/dog/1'],
    ['POST', '/test/5', 'ANY /{proxy+}', 'test/5'],
    ['GET', '/pets/dog/rex/toys', 'ANY /pets/dog/{name}/toys', 'rex'],
    ['GET', '/a/b/c', 'GET /a/{x}/c', 'b'],
    ['GET', '/a/b/d', 'GET /a/b/{rest+}', 'd'],
    ['GET', '/pets/', 'GET /pets/{proxy+}', ''],
    ['GET', '/pets//', 'GET /pets/{proxy+}', '/'],
    ['GET', '/Pets', 'ANY /{proxy+}', 'Pets'],
    ['POST', '/', 'POST /'],
    ['POST', '', 'POST /'],
    ['GET', '/', '$default'],
    ['PROPFIND', '/pets/dog/1', '$default'],
  ] as const) {
    test(`${verb} ${path} takes ${routeKey}`, () => {
      assert.deepEqual(documented.match(verb, path), { value: routeKey, pathValues: values })
    })
  }

  test('with the verb of the call beats ANY at the same path, in any order', () => {
    for (const routes of [finder('ANY /x/{a}', 'GET /x/{b}'), finder('GET /x/{b}', 'ANY /x/{a}')]) {
      assert.equal(routes.match('GET', '/x/1')?.value, 'GET /x/{b}')
      assert.equal(routes.match('PUT', '/x/1')?.value, 'ANY /x/{a}')
    }
  })

  for (const path of ['/pets/', '/pets/1', '//pets', '/PETS', '']) {
    test(`${path || 'the root'} is not /pets`, () => assert.equal(finder('GET /pets').match('GET', path), undefined))
  }
})

describe('decodePath', () => {
  for (const [raw, decoded] of [
    ['/pets', '/pets'],
    ['/a%2Fb', '/a/b'],
    ['/a%20b+c', '/a b+c'],
    ['/%E2%82%AC', '/€'],
    ['/a%3Fb/c', '/a'],
    ['/a%252Fb', '/a%2Fb'],
    ['/100%', '/100%'],
    ['/%zz%41', '/%zzA'],
    ['/%ff', '/\ufffd'],
  ] as const) {
    test(`${raw} is ${decoded}`, () => assert.equal(decodePath(raw), decoded))
  }
})
