import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownResource = { code: 'NotFoundException', message: 'Invalid Resource identifier specified' }
const taken = (pathPart: string) => ({
  code: 'ConflictException',
  message: `Another resource with the same parent already has this name: ${pathPart}`,
})
const badPathPart = {
  code: 'BadRequestException',
  message:
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
}

async function paths(restApiId: string): Promise<(string | undefined)[]> {
  const { items = [] } = await operations.GetResources({ restApiId }, caller)
  return items.map(({ path }) => path)
}

describe('CreateResource', () => {
  test('builds paths from the parts of all ancestors', async () => {
    const { restApiId, rootId, createResource } = await createApi()
    const pets = await operations.CreateResource({ restApiId, parentId: rootId, pathPart: 'pets' }, caller)
    assert.match(pets.id, /^.{6}$/)
    assert.deepEqual(pets, { id: pets.id, parentId: rootId, pathPart: 'pets', path: '/pets' })
    await createResource('{proxy+}', await createResource('{petId}', pets.id))
    await createResource('v1.0:draft_a-b')
    assert.deepEqual(await paths(restApiId), [
      '/',
      '/pets',
      '/pets/{petId}',
      '/pets/{petId}/{proxy+}',
      '/v1.0:draft_a-b',
    ])
  })

  for (const pathPart of ['', '/', 'a/b', 'a b', '$metadata', '{id', 'id}', '{}', '{a}{b}', 'x{id}', '{+}', 'a+']) {
    test(`refuses the path part '${pathPart}'`, async () => {
      const { restApiId, rootId } = await createApi()
      await assert.rejects(operations.CreateResource({ restApiId, parentId: rootId, pathPart }, caller), badPathPart)
    })
  }

  test('refuses a name that a sibling has', async () => {
    const { createResource } = await createApi()
    await createResource('pets')
    await assert.rejects(createResource('pets'), taken('pets'))
  })

  test('refuses a second variable, and anything below a greedy one', async () => {
    const { createResource } = await createApi()
    const greedy = await createResource('{proxy+}')
    await assert.rejects(createResource('{id}'), {
      code: 'BadRequestException',
      message: 'A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed',
    })
    await assert.rejects(createResource('x', greedy), {
      code: 'BadRequestException',
      message: 'Cannot create a child of a resource with a greedy path variable: {proxy+}',
    })
  })

  test('refuses an unknown API and an unknown parent', async () => {
    const { restApiId } = await createApi()
    await assert.rejects(
      operations.CreateResource({ restApiId, parentId: 'x', pathPart: 'a' }, caller),
      unknownResource,
    )
    await assert.rejects(operations.CreateResource({ restApiId: 'x', parentId: 'x', pathPart: 'a' }, caller), {
      code: 'NotFoundException',
      message: 'Invalid API identifier specified 123456789012:x',
    })
  })

  test('lets one of many concurrent creates of the same sibling win', async () => {
    const { restApiId, createResource } = await createApi()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => createResource('same')))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    const many = Array.from({ length: 8 }, (_, index) => createResource(`other${index}`))
    assert.equal(new Set(await Promise.all(many)).size, 8)
    assert.equal((await paths(restApiId)).length, 10)
  })

  test('refuses more than 300 resources', async () => {
    const { restApiId, createResource } = await createApi()
    const { items = [] } = await operations.GetResources({ restApiId }, caller)
    assert.equal(items.length, 1)
    for (let count = 0; count < 300; count++) await createResource(`r${count}`)
    await assert.rejects(createResource('last'), { code: 'LimitExceededException' })
  })
})

describe('GetResource and GetResources', () => {
  test('show methods as empty objects, or whole when they are embedded', async () => {
    const { restApiId, rootId, createMethod } = await createApi()
    await createMethod({ httpMethod: 'GET' })
    await createMethod({ httpMethod: 'ANY' })
    const method = (httpMethod: string) => ({ httpMethod, authorizationType: 'NONE', apiKeyRequired: false })
    const bare = { id: rootId, path: '/', resourceMethods: { ANY: {}, GET: {} } }
    const whole = { ...bare, resourceMethods: { ANY: method('ANY'), GET: method('GET') } }
    const ids = { restApiId, resourceId: rootId }
    assert.deepEqual(await operations.GetResource(ids, caller), bare)
    assert.deepEqual(await operations.GetResource({ ...ids, embed: ['methods'] }, caller), whole)
    assert.deepEqual((await operations.GetResources({ restApiId }, caller)).items, [bare])
    assert.deepEqual((await operations.GetResources({ restApiId, embed: ['methods'] }, caller)).items, [whole])
  })

  test('page by path', async () => {
    const { restApiId, createResource } = await createApi()
    for (const pathPart of ['b', 'a', '{c}']) await createResource(pathPart)
    const first = await operations.GetResources({ restApiId, limit: 2 }, caller)
    const second = await operations.GetResources({ restApiId, limit: 2, position: first.position ?? '' }, caller)
    assert.deepEqual(
      [first, second].map(({ items }) => items?.map(({ path }) => path)),
      [
        ['/', '/a'],
        ['/b', '/{c}'],
      ],
    )
    assert.equal(second.position, undefined)
  })

  test('refuse unknown ids', async () => {
    const { restApiId } = await createApi()
    await assert.rejects(operations.GetResource({ restApiId, resourceId: 'x' }, caller), unknownResource)
    await assert.rejects(operations.GetResources({ restApiId: 'x' }, caller), { code: 'NotFoundException' })
    await assert.rejects(operations.GetResources({ restApiId, embed: ['x'] }, caller), { code: 'BadRequestException' })
  })
})

describe('UpdateResource', () => {
  /** `/pets/subpets/pets`, and the ids of these three. */
  async function tree() {
    const api = await createApi()
    const pets = await api.createResource('pets')
    const subpets = await api.createResource('subpets', pets)
    const leaf = await api.createResource('pets', subpets)
    const update = (resourceId: string, ...patchOperations: Patch[]) =>
      operations.UpdateResource({ restApiId: api.restApiId, resourceId, patchOperations }, caller)
    return { ...api, pets, subpets, leaf, update }
  }

  test('renames a resource with everything below it', async () => {
    const { restApiId, pets, rootId, update } = await tree()
    assert.deepEqual(await update(pets, { op: 'replace', path: '/pathPart', value: 'dogs' }), {
      id: pets,
      parentId: rootId,
      pathPart: 'dogs',
      path: '/dogs',
    })
    assert.deepEqual(await paths(restApiId), ['/', '/dogs', '/dogs/subpets', '/dogs/subpets/pets'])
  })

  test('moves a resource with everything below it', async () => {
    const { restApiId, subpets, rootId, update } = await tree()
    const moved = await update(subpets, { op: 'replace', path: '/parentId', value: rootId })
    assert.deepEqual([moved.parentId, moved.path], [rootId, '/subpets'])
    assert.deepEqual(await paths(restApiId), ['/', '/pets', '/subpets', '/subpets/pets'])
  })

  test('leaves names alone that only begin like the renamed one', async () => {
    const { restApiId, createResource, pets, update } = await tree()
    await createResource('pets2')
    await update(pets, { op: 'replace', path: '/pathPart', value: 'x' })
    assert.deepEqual(await paths(restApiId), ['/', '/pets2', '/x', '/x/subpets', '/x/subpets/pets'])
  })

  test('refuses what would break the tree', async () => {
    const { restApiId, rootId, pets, subpets, leaf, createResource, update } = await tree()
    const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value })
    await assert.rejects(update(pets, replace('/parentId', leaf)), { message: 'Resources cannot be cyclical.' })
    await assert.rejects(update(pets, replace('/parentId', pets)), { message: 'Resources cannot be cyclical.' })
    await assert.rejects(update(pets, replace('/parentId', 'x')), unknownResource)
    await assert.rejects(update('x', replace('/pathPart', 'x')), unknownResource)
    await assert.rejects(update(leaf, replace('/parentId', rootId)), taken('pets'))
    await assert.rejects(update(pets, replace('/pathPart', 'a/b')), badPathPart)
    await assert.rejects(update(rootId, replace('/pathPart', 'x')), {
      message: 'Root resource cannot update its pathPart.',
    })
    await assert.rejects(update(rootId, replace('/parentId', pets)), {
      message: 'Root resource cannot update its parentId.',
    })
    const greedy = await createResource('{proxy+}')
    await assert.rejects(update(subpets, replace('/parentId', greedy)), { code: 'BadRequestException' })
    await assert.rejects(update(pets, replace('/pathPart', '{id}')), { code: 'BadRequestException' })
    assert.deepEqual(await paths(restApiId), ['/', '/pets', '/pets/subpets', '/pets/subpets/pets', '/{proxy+}'])
  })

  const badPatches: [Patch, string][] = [
    [
      { op: 'replace', path: '/invalid', value: 'x' },
      "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    ],
    [
      { op: 'remove', path: '/pathPart' },
      "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
    ],
    [
      { op: 'add', path: '/pathPart', value: 'x' },
      "Invalid patch path  '/pathPart' specified for op 'add'. Please choose supported operations",
    ],
  ]
  for (const [patch, message] of badPatches) {
    test(`refuses ${patch.op} ${patch.path}`, async () => {
      const { pets, update } = await tree()
      await assert.rejects(update(pets, patch), { code: 'BadRequestException', message })
    })
  }
})

describe('DeleteResource', () => {
  test('deletes the subtree with its methods, and nothing else', async () => {
    const { restApiId, createResource, createMethod } = await createApi()
    const pets = await createResource('pets')
    const below = await createResource('{petId}', pets)
    const ids = await createMethod({ resourceId: below })
    await createResource('pets2')
    await operations.DeleteResource({ restApiId, resourceId: pets }, caller)
    assert.deepEqual(await paths(restApiId), ['/', '/pets2'])
    await assert.rejects(operations.GetMethod(ids, caller), unknownResource)
    await assert.rejects(operations.DeleteResource({ restApiId, resourceId: below }, caller), unknownResource)
  })

  test('refuses the root', async () => {
    const { restApiId, rootId } = await createApi()
    await assert.rejects(operations.DeleteResource({ restApiId, resourceId: rootId }, caller), {
      code: 'BadRequestException',
    })
  })
})
