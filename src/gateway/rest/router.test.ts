import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { router } from './router.ts'

const paths = [
  '/',
  '/pets',
  '/pets/{petId}',
  '/pets/dog',
  '/pets/dog/{name}/toys',
  '/pets/{petId}/owner',
  '/files/{proxy+}',
  '/a/{x}/c',
  '/a/{proxy+}',
  '/{proxy+}',
]

describe('router', () => {
  const routes = router(paths.map((path) => [path, path] as const))

  for (const [path, resource, ...values] of [
    ['', '/'],
    ['/', '/'],
    ['//', '/'],
    ['/pets', '/pets'],
    ['/pets/', '/pets'],
    ['//pets', '/pets'],
    ['/pets/7', '/pets/{petId}', '7'],
    ['/pets/7/', '/pets/{petId}', '7'],
    ['/pets/a%2Fb', '/pets/{petId}', 'a%2Fb'],
    ['/pets/a+b', '/pets/{petId}', 'a+b'],
    ['/pets/dog', '/pets/dog'],
    ['/Pets/dog', '/{proxy+}', 'Pets/dog'],
    ['/pets/dog/rex/toys', '/pets/dog/{name}/toys', 'rex'],
    ['/pets/7/owner', '/pets/{petId}/owner', '7'],
    // A static branch that leads nowhere is left for the variable one.
    ['/pets/dog/owner', '/pets/{petId}/owner', 'dog'],
    // …and for a greedy one higher up.
    ['/pets/7/unknown', '/{proxy+}', 'pets/7/unknown'],
    ['/files/a//b', '/files/{proxy+}', 'a//b'],
    ['/files/x/', '/files/{proxy+}', 'x'],
    ['/files', '/{proxy+}', 'files'],
    ['/a/1/c', '/a/{x}/c', '1'],
    ['/a/1/d', '/a/{proxy+}', '1/d'],
    ['/a//c', '/a/{proxy+}', '/c'],
  ] as const) {
    test(`${path || 'nothing'} is ${resource}`, () => {
      assert.deepEqual(routes.match(path), { value: resource, pathValues: values })
    })
  }

  test('knows nothing else', () => {
    const few = router([['/pets/{petId}', 1]] as const)
    for (const path of ['', '/', '/pets', '/pets/', '/pets//', '/pets/1/2', '/other']) {
      assert.equal(few.match(path), undefined, path)
    }
  })
})
