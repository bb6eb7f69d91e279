import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { caller, elsewhere, hexDigest, startService, type TestService, zipOf } from '../service.fixture.ts'

const layerArn = 'arn:aws:lambda:us-east-1:123456789012:layer:tools'
const gone = { code: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' }

function publish({ lambda }: TestService, source: string, changes: object = {}) {
  return lambda.PublishLayerVersion({ LayerName: 'tools', Content: { ZipFile: zipOf(source) }, ...changes }, caller)
}

describe('PublishLayerVersion', () => {
  test('stores a version, which GetLayerVersion answers by name, ARN and its own ARN', async (t) => {
    const service = await startService(t)
    const published = await publish(service, 'one', {
      Description: 'd',
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: ['x86_64'],
      LicenseInfo: 'MIT',
    })
    const digest = hexDigest(zipOf('one'))
    assert.deepEqual(published, {
      Content: {
        Location: `http://code/code/${digest}`,
        CodeSha256: Buffer.from(digest, 'hex').toString('base64'),
        CodeSize: zipOf('one').byteLength,
      },
      LayerArn: layerArn,
      LayerVersionArn: `${layerArn}:1`,
      Version: 1,
      Description: 'd',
      CreatedDate: '2026-01-02T03:04:05.678+0000',
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: ['x86_64'],
      LicenseInfo: 'MIT',
    })
    const { lambda } = service
    assert.deepEqual(await lambda.GetLayerVersion({ LayerName: 'tools', VersionNumber: 1 }, caller), published)
    assert.deepEqual(await lambda.GetLayerVersion({ LayerName: layerArn, VersionNumber: 1 }, caller), published)
    assert.deepEqual(await lambda.GetLayerVersionByArn({ Arn: `${layerArn}:1` }, caller), published)
  })

  test('never uses a number twice', async (t) => {
    const service = await startService(t)
    await publish(service, 'one')
    await service.lambda.DeleteLayerVersion({ LayerName: 'tools', VersionNumber: 1 }, caller)
    assert.equal((await publish(service, 'one')).Version, 2)
  })

  test('refuses what is not a zip, and code elsewhere', async (t) => {
    const service = await startService(t)
    for (const Content of [{ ZipFile: new Uint8Array(9) }, { S3Bucket: 'abc', S3Key: 'k' }, {}]) {
      await assert.rejects(publish(service, '', { Content }), { code: 'InvalidParameterValueException' })
    }
    assert.deepEqual((await service.lambda.ListLayers({}, caller)).Layers, [])
  })
})

describe('GetLayerVersion', () => {
  test('answers 404 for what is not there, and in another region', async (t) => {
    const service = await startService(t)
    await publish(service, 'one')
    const { lambda } = service
    await assert.rejects(lambda.GetLayerVersion({ LayerName: 'tools', VersionNumber: 2 }, caller), gone)
    await assert.rejects(lambda.GetLayerVersion({ LayerName: 'nope', VersionNumber: 1 }, caller), gone)
    await assert.rejects(lambda.GetLayerVersion({ LayerName: 'tools', VersionNumber: 1 }, elsewhere), gone)
    await assert.rejects(lambda.GetLayerVersionByArn({ Arn: `${layerArn}:2` }, caller), gone)
  })

  test("refuses numbers below 1, texts that are no ARN, and another region's or account's ARN", async (t) => {
    const { lambda } = await startService(t)
    await assert.rejects(lambda.GetLayerVersion({ LayerName: 'tools', VersionNumber: 0 }, caller), {
      code: 'InvalidParameterValueException',
      message: 'Layer Version Cannot be less than 1',
    })
    await assert.rejects(lambda.GetLayerVersionByArn({ Arn: layerArn }, caller), { code: 'ValidationException' })
    await assert.rejects(lambda.GetLayerVersionByArn({ Arn: `${layerArn}:1` }, elsewhere), {
      code: 'AccessDeniedException',
    })
    const foreign = layerArn.replace('123456789012', '999999999999')
    await assert.rejects(lambda.GetLayerVersion({ LayerName: foreign, VersionNumber: 1 }, caller), {
      code: 'AccessDeniedException',
    })
  })
})

test('ListLayers and ListLayerVersions show the newest first, by what they are compatible with', async (t) => {
  const service = await startService(t)
  const { lambda } = service
  for (let number = 1; number <= 10; number++) await publish(service, `${number}`)
  await publish(service, 'python', { CompatibleRuntimes: ['python3.13'], CompatibleArchitectures: ['arm64'] })
  await publish(service, 'node', { CompatibleRuntimes: ['nodejs24.x'] })
  await publish(service, 'other', { LayerName: 'also' })

  const layers = async (input: object) =>
    (await lambda.ListLayers(input, caller)).Layers?.map(({ LayerName, LatestMatchingVersion }) => [
      LayerName,
      LatestMatchingVersion?.Version,
    ])
  assert.deepEqual(await layers({}), [
    ['also', 1],
    ['tools', 12],
  ])
  assert.deepEqual(await layers({ MaxItems: 1 }), [['also', 1]])
  assert.deepEqual(await layers({ CompatibleRuntime: 'python3.13' }), [['tools', 11]])
  assert.deepEqual(await layers({ CompatibleRuntime: 'python3.13', CompatibleArchitecture: 'x86_64' }), [])

  const first = await lambda.ListLayerVersions({ LayerName: 'tools', MaxItems: 4 }, caller)
  const rest = await lambda.ListLayerVersions({ LayerName: 'tools', Marker: first.NextMarker ?? '' }, caller)
  const numbers = [...(first.LayerVersions ?? []), ...(rest.LayerVersions ?? [])].map(({ Version }) => Version)
  assert.deepEqual(numbers, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  assert.deepEqual((await lambda.ListLayerVersions({ LayerName: 'nope' }, caller)).LayerVersions, [])
})

describe('a function with layers', () => {
  test('shows them in its order', async (t) => {
    const service = await startService(t)
    await publish(service, 'one')
    await publish(service, 'two', { LayerName: 'also' })
    const arns = [`${layerArn}:1`, layerArn.replace('tools', 'also:1')]
    const { Layers } = await service.create('hello', { Layers: arns })
    assert.deepEqual(
      Layers,
      ['one', 'two'].map((source, index) => ({ Arn: arns[index], CodeSize: zipOf(source).byteLength })),
    )
    const change = { FunctionName: 'hello', Layers: [] }
    assert.equal((await service.lambda.UpdateFunctionConfiguration(change, caller)).Layers, undefined)
  })

  test('keeps a layer version that is deleted, until it lets go of it', async (t) => {
    const service = await startService(t)
    const { lambda, store } = service
    const has = () =>
      store.read(async (reader) => (await reader.getBlob(`code/${hexDigest(zipOf('layer'))}`)) !== undefined)
    await publish(service, 'layer')
    await service.create('hello', { Layers: [`${layerArn}:1`] })
    await lambda.DeleteLayerVersion({ LayerName: 'tools', VersionNumber: 1 }, caller)
    assert.equal(await has(), true)
    const { Layers } = await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 5 }, caller)
    assert.equal(Layers?.[0]?.Arn, `${layerArn}:1`)
    await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Layers: [] }, caller)
    assert.equal(await has(), false)
  })

  test('refuses two versions of one layer', async (t) => {
    const service = await startService(t)
    await publish(service, 'one')
    await publish(service, 'two')
    await assert.rejects(service.create('hello', { Layers: [`${layerArn}:1`, `${layerArn}:2`] }), {
      code: 'InvalidParameterValueException',
      message:
        'Two different versions of the same layer are not allowed to be referenced in the same function. ' +
        `${layerArn}:1 and ${layerArn}:2 are versions of the same layer.`,
    })
  })
})
