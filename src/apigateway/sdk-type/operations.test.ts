import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sdkTypeOperations } from './operations.ts'

const operations = sdkTypeOperations()

describe('SDK types', () => {
  test('that are generated are listed', async () => {
    const { items } = await operations.GetSdkTypes()
    assert.deepEqual(
      items.map(({ id }) => id),
      ['javascript', 'typescript'],
    )
  })

  for (const [id, required] of [
    ['java', ['service.name', 'java.package-name']],
    ['javascript', []],
    ['android', ['groupId', 'invokerPackage', 'artifactId', 'artifactVersion']],
    ['swift', ['classPrefix']],
    ['ruby', ['service.name']],
  ] as const) {
    test(`tell what ${id} needs`, async () => {
      const { configurationProperties } = await operations.GetSdkType({ id })
      const names = configurationProperties?.filter((property) => property.required).map(({ name }) => name)
      assert.deepEqual(names, required)
    })
  }

  test('that are unknown are refused', () =>
    assert.rejects(operations.GetSdkType({ id: 'cobol' }), { code: 'NotFoundException' }))
})
