import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { arn, caller, elsewhere, hexDigest, role, startService, zipOf } from '../service.fixture.ts'
import { functionArn } from './name.ts'

describe('CreateFunction', () => {
  test('answers with the defaults of Lambda', async (t) => {
    const { create } = await startService(t)
    assert.deepEqual(await create('hello'), {
      FunctionName: 'hello',
      FunctionArn: arn('hello'),
      Runtime: 'nodejs24.x',
      Role: role,
      Handler: 'index.handler',
      CodeSize: zipOf('one').byteLength,
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2026-01-02T03:04:05.678+0000',
      CodeSha256: Buffer.from(hexDigest(zipOf('one')), 'hex').toString('base64'),
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      RevisionId: 'uuid-1',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/hello' },
      State: 'Active',
      LastUpdateStatus: 'Successful',
    })
  })

  test('stores the zip by its digest', async (t) => {
    const { create, store } = await startService(t)
    await create('hello')
    const blob = await store.read((reader) => reader.getBlob(`code/${hexDigest(zipOf('one'))}`))
    assert.deepEqual(blob && new Uint8Array(blob), zipOf('one'))
  })

  test('publishes version 1 when asked', async (t) => {
    const { create, lambda } = await startService(t)
    const created = await create('hello', { Publish: true })
    assert.equal(created.Version, '1')
    const { Versions = [] } = await lambda.ListVersionsByFunction({ FunctionName: 'hello' }, caller)
    assert.deepEqual(
      Versions.map(({ Version, FunctionArn }) => [Version, FunctionArn]),
      [
        ['$LATEST', `${arn('hello')}:$LATEST`],
        ['1', `${arn('hello')}:1`],
      ],
    )
  })

  test('takes a name by partial and full ARN', async (t) => {
    const { create } = await startService(t)
    assert.equal((await create('123456789012:function:one')).FunctionName, 'one')
    assert.equal((await create(arn('two'))).FunctionName, 'two')
  })

  test('refuses a name that is taken, in the same region only', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello')
    await assert.rejects(create('hello'), {
      code: 'ResourceConflictException',
      message: 'Function already exist: hello',
      members: { Type: 'User' },
    })
    const input = { FunctionName: 'hello', Runtime: 'python3.13', Handler: 'a.b', Role: role } as const
    const other = await lambda.CreateFunction({ ...input, Code: { ZipFile: zipOf('two') } }, elsewhere)
    assert.equal(other.FunctionArn, arn('hello', 'eu-west-1'))
    assert.equal((await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller)).Runtime, 'nodejs24.x')
    assert.equal((await lambda.ListFunctions({}, elsewhere)).Functions?.length, 1)
    await lambda.DeleteFunction({ FunctionName: 'hello' }, elsewhere)
    assert.equal((await lambda.ListFunctions({}, caller)).Functions?.length, 1)
  })

  test('accepts settings that only say what holds anyway', async (t) => {
    const { create } = await startService(t)
    const created = await create('hello', {
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      TracingConfig: { Mode: 'PassThrough' },
      DeadLetterConfig: { TargetArn: '' },
      KMSKeyArn: '',
      SnapStart: { ApplyOn: 'None' },
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/hello' },
      PackageType: 'Zip',
      Architectures: ['arm64'],
      Environment: { Variables: { A: 'b' } },
      Tags: { team: 'pets' },
    })
    assert.deepEqual(created.Architectures, ['arm64'])
    assert.deepEqual(created.Environment, { Variables: { A: 'b' } })
  })
})

describe('GetFunction', () => {
  test('answers configuration, code, tags and concurrency', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Tags: { team: 'pets' } })
    await lambda.PutFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 5 }, caller)
    const { Configuration, ...rest } = await lambda.GetFunction({ FunctionName: 'hello' }, caller)
    assert.equal(Configuration?.FunctionArn, arn('hello'))
    assert.deepEqual(rest, {
      Code: { RepositoryType: 'S3', Location: `http://code/code/${hexDigest(zipOf('one'))}` },
      Tags: { team: 'pets' },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    })
  })

  test('answers with the ARN of the qualifier', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true })
    await lambda.CreateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }, caller)
    for (const [name, qualifier, version] of [
      ['hello', '$LATEST', '$LATEST'],
      ['hello', '1', '1'],
      ['hello', 'live', '1'],
      ['hello:live', undefined, '1'],
      [arn('hello:live'), 'live', '1'],
    ] as const) {
      const input = { FunctionName: name, ...(qualifier && { Qualifier: qualifier }) }
      const { Configuration } = await lambda.GetFunction(input, caller)
      assert.equal(Configuration?.FunctionArn, functionArn(caller, 'hello', qualifier ?? 'live'))
      assert.equal(Configuration?.Version, version)
      assert.deepEqual(await lambda.GetFunctionConfiguration(input, caller), Configuration)
    }
  })

  const missing: [string, string | undefined, string][] = [
    ['nope', undefined, `Function not found: ${arn('nope')}`],
    ['nope', '1', `Function not found: ${arn('nope')}:1`],
    ['hello', '9', `Function not found: ${arn('hello')}:9`],
    ['hello:live', undefined, `Function not found: ${arn('hello')}:live`],
    [arn('hello', 'eu-west-1'), undefined, "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"],
  ]
  for (const [name, qualifier, message] of missing) {
    test(`answers 404 for ${name} ${qualifier ?? ''}`, async (t) => {
      const { create, lambda } = await startService(t)
      await create('hello')
      const input = { FunctionName: name, ...(qualifier && { Qualifier: qualifier }) }
      const expected = { code: 'ResourceNotFoundException', message }
      await assert.rejects(lambda.GetFunction(input, caller), expected)
      await assert.rejects(lambda.GetFunctionConfiguration(input, caller), expected)
    })
  }

  test("refuses two qualifiers that differ, another account's function, and what is no name", async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello')
    await assert.rejects(lambda.GetFunction({ FunctionName: 'hello:1', Qualifier: '2' }, caller), {
      code: 'InvalidParameterValueException',
      message: 'The derived qualifier from the function name does not match the specified qualifier.',
    })
    await assert.rejects(lambda.GetFunction({ FunctionName: '999999999999:function:hello' }, caller), {
      code: 'AccessDeniedException',
      status: 403,
    })
    await assert.rejects(lambda.GetFunction({ FunctionName: 'he llo' }, caller), { code: 'ValidationException' })
  })
})

describe('ListFunctions', () => {
  test('pages by name, 50 at most', async (t) => {
    const { create, lambda } = await startService(t)
    for (const name of ['b', 'a-b', 'a', 'c']) await create(name)
    const names: (string | undefined)[] = []
    let marker: string | undefined
    do {
      const page = await lambda.ListFunctions({ MaxItems: 3, ...(marker && { Marker: marker }) }, caller)
      names.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName), '|')
      marker = page.NextMarker
    } while (marker !== undefined)
    assert.deepEqual(names, ['a', 'a-b', 'b', '|', 'c', '|'])
    await assert.rejects(lambda.ListFunctions({ Marker: 'not a marker' }, caller), {
      code: 'InvalidParameterValueException',
    })
  })

  test('lists every version with ALL, and shows no state', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true })
    const { Functions = [] } = await lambda.ListFunctions({ FunctionVersion: 'ALL' }, caller)
    assert.deepEqual(
      Functions.map(({ FunctionArn, State }) => [FunctionArn, State]),
      [
        [`${arn('hello')}:$LATEST`, undefined],
        [`${arn('hello')}:1`, undefined],
      ],
    )
  })
})

describe('DeleteFunction', () => {
  test('leaves nothing behind', async (t) => {
    const { create, lambda, store } = await startService(t)
    await create('hello', { Publish: true })
    await lambda.CreateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }, caller)
    const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' }
    await lambda.AddPermission({ FunctionName: 'hello', ...permission }, caller)
    assert.deepEqual(await lambda.DeleteFunction({ FunctionName: 'hello' }, caller), { StatusCode: 204 })

    const message = `Function not found: ${arn('hello')}`
    await assert.rejects(lambda.GetFunction({ FunctionName: 'hello' }, caller), { message })
    await assert.rejects(lambda.DeleteFunction({ FunctionName: 'hello' }, caller), { message })
    assert.equal(await store.read((reader) => reader.getBlob(`code/${hexDigest(zipOf('one'))}`)), undefined)

    await create('hello')
    assert.deepEqual((await lambda.ListAliases({ FunctionName: 'hello' }, caller)).Aliases, [])
    await assert.rejects(lambda.GetPolicy({ FunctionName: 'hello' }, caller), { code: 'ResourceNotFoundException' })
  })

  test('keeps code that another function, version or region uses', async (t) => {
    const { create, lambda, store } = await startService(t)
    const has = () =>
      store.read(async (reader) => (await reader.getBlob(`code/${hexDigest(zipOf('one'))}`)) !== undefined)
    await create('one')
    await create('two', { Publish: true })
    await lambda.DeleteFunction({ FunctionName: 'one' }, caller)
    assert.equal(await has(), true)
    await lambda.UpdateFunctionCode({ FunctionName: 'two', ZipFile: zipOf('new') }, caller)
    assert.equal(await has(), true)
    await lambda.DeleteFunction({ FunctionName: 'two', Qualifier: '1' }, caller)
    assert.equal(await has(), false)
  })

  test('deletes one version, and says nothing of one that is not there', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true })
    await lambda.DeleteFunction({ FunctionName: 'hello:1' }, caller)
    await lambda.DeleteFunction({ FunctionName: 'hello', Qualifier: '99' }, caller)
    const { Versions = [] } = await lambda.ListVersionsByFunction({ FunctionName: 'hello' }, caller)
    assert.deepEqual(
      Versions.map(({ Version }) => Version),
      ['$LATEST'],
    )
  })

  const refused: [string, string, string][] = [
    ['$LATEST', 'InvalidParameterValueException', '$LATEST version cannot be deleted without deleting the function.'],
    ['live', 'InvalidParameterValueException', 'Deletion of aliases is not currently supported.'],
    ['1', 'ResourceConflictException', 'Unable to delete version because the following aliases reference it: [live]'],
  ]
  for (const [qualifier, code, message] of refused) {
    test(`refuses ${qualifier}`, async (t) => {
      const { create, lambda } = await startService(t)
      await create('hello', { Publish: true })
      await lambda.CreateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }, caller)
      await assert.rejects(lambda.DeleteFunction({ FunctionName: 'hello', Qualifier: qualifier }, caller), {
        code,
        message,
      })
    })
  }
})
