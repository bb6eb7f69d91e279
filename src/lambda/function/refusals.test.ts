import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { LambdaInput } from '../operations.ts'
import { caller, role, startService, zipOf } from '../service.fixture.ts'

type Create = Partial<LambdaInput<'CreateFunction'>>
type Configure = Omit<LambdaInput<'UpdateFunctionConfiguration'>, 'FunctionName'>

const invalid = 'InvalidParameterValueException'

/** Settings that neither a new function nor an existing one may have, and how the refusal begins. */
const settings: [string, Configure, RegExp][] = [
  ['a VPC', { VpcConfig: { SubnetIds: ['subnet-1'] } }, /^VpcConfig is not supported/],
  [
    'a file system',
    { FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:…', LocalMountPath: '/mnt/a' }] },
    /^FileSystemConfigs is not supported/,
  ],
  ['a key', { KMSKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/a' }, /^KMSKeyArn is not supported/],
  ['a dead-letter queue', { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:1:q' } }, /^DeadLetterConfig is not/],
  ['SnapStart', { SnapStart: { ApplyOn: 'PublishedVersions' } }, /^SnapStart is not supported/],
  ['active tracing', { TracingConfig: { Mode: 'Active' } }, /^TracingConfig is not supported/],
  ['an image configuration', { ImageConfig: { Command: ['a'] } }, /^ImageConfig is not supported/],
  ['more scratch space', { EphemeralStorage: { Size: 1024 } }, /^EphemeralStorage is not supported/],
  ['JSON logs', { LoggingConfig: { LogFormat: 'JSON' } }, /^LoggingConfig is not supported/],
  ['a log level', { LoggingConfig: { SystemLogLevel: 'WARN' } }, /^LoggingConfig is not supported/],
  ['another log group', { LoggingConfig: { LogGroup: '/mine' } }, /LogGroup must be \/aws\/lambda\/(hello|new)\.$/],
  [
    'durable executions',
    { DurableConfig: { ExecutionTimeout: 5, RetentionPeriodInDays: 1 } },
    /^DurableConfig is not supported/,
  ],
  [
    'a capacity provider',
    { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'a' } } },
    /^CapacityProviderConfig is not supported/,
  ],
  [
    'a runtime that runs elsewhere',
    { Runtime: 'java21' },
    /^The runtime java21 is not supported\. Supported runtimes: /,
  ],
  ['a runtime of the past', { Runtime: 'nodejs16.x' }, /^The runtime nodejs16\.x is not supported/],
  [
    'reserved variables',
    { Environment: { Variables: { AWS_REGION: 'a', OK: 'b', _HANDLER: 'c' } } },
    /contains reserved keys that are currently not supported for modification\. Reserved keys used in this request: AWS_REGION, _HANDLER$/,
  ],
  [
    'more than 4 KB of variables',
    { Environment: { Variables: { A: 'x'.repeat(4089) } } },
    /exceeded the 4KB limit\. String measured: \{"A":"x+"\}$/,
  ],
  [
    'a layer that is not there',
    { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:tools:1'] },
    /^Layer version arn:aws:lambda:us-east-1:123456789012:layer:tools:1 does not exist\.$/,
  ],
  [
    'a layer of another region',
    { Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:tools:1'] },
    /^Layers are not in the same region as the function\. Layers are expected to be in region us-east-1\.$/,
  ],
  [
    'six layers',
    { Layers: [1, 2, 3, 4, 5, 6].map((number) => `arn:aws:lambda:us-east-1:123456789012:layer:l${number}:1`) },
    /^Cannot reference more than 5 layers\.$/,
  ],
]

/** As above, refused in the words of a constraint. */
const constraints: [string, Configure, string][] = [
  [
    'a timeout above 15 minutes',
    { Timeout: 901 },
    "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: " +
      'Member must have value less than or equal to 900',
  ],
  [
    'more than 10 GB of memory',
    { MemorySize: 10_241 },
    "1 validation error detected: Value '10241' at 'memorySize' failed to satisfy constraint: " +
      'Member must have value less than or equal to 10240',
  ],
  [
    'a role that is none',
    { Role: 'runs' },
    "1 validation error detected: Value 'runs' at 'role' failed to satisfy constraint: " +
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
  ],
]

const creations: [string, Create, RegExp][] = [
  ['an image', { PackageType: 'Image', Code: { ImageUri: 'a' } }, /^PackageType is not supported/],
  ['the URI of an image', { Code: { ImageUri: 'a' } }, /^ImageUri is not supported/],
  ['code in a bucket', { Code: { S3Bucket: 'b', S3Key: 'k' } }, /^Error occurred while GetObject\. S3 Error Code: /],
  ['no code', { Code: {} }, /^Please provide a source for function code\.$/],
  ['an empty zip', { Code: { ZipFile: new Uint8Array() } }, /^Uploaded file must be a non-empty zip$/],
  ['what is not a zip', { Code: { ZipFile: new Uint8Array(100) } }, /^Could not unzip uploaded file\. Please check /],
  ['code signing', { CodeSigningConfigArn: 'arn:aws:lambda:…' }, /^CodeSigningConfigArn is not supported/],
  ['tenants', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }, /^TenancyConfig is not supported/],
  ['publishing elsewhere', { PublishTo: 'LATEST_PUBLISHED' }, /^PublishTo is not supported/],
  ['a bootstrap for another machine', { Runtime: 'provided.al2023', Architectures: ['arm64'] }, /use \[x86_64\]\.$/],
  ['a name that is too long', { FunctionName: 'a'.repeat(65) }, /Member must have length less than or equal to 64$/],
  ['tags of AWS', { Tags: { 'aws:a': 'b' } }, /reserved for AWS use/],
  [
    'too many tags',
    { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ''])) },
    /^Number of tags exceeds resource tag limit\.$/,
  ],
]

const { create, lambda } = await startService({ after })
await create('hello')
const configure = (given: Configure) => lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', ...given }, caller)

describe('what cannot take effect is refused', () => {
  for (const [name, given, message] of settings) {
    test(`${name}: by CreateFunction and UpdateFunctionConfiguration`, async () => {
      await assert.rejects(create('new', given), { code: invalid, message, members: { Type: 'User' } })
      await assert.rejects(configure(given), { code: invalid, message })
    })
  }
})

describe('what is out of bounds is refused', () => {
  for (const [name, given, message] of constraints) {
    test(`${name}: by CreateFunction and UpdateFunctionConfiguration`, async () => {
      await assert.rejects(create('new', given), { code: 'ValidationException', message })
      await assert.rejects(configure(given), { code: 'ValidationException', message })
    })
  }
})

describe('CreateFunction refuses', () => {
  for (const [name, given, message] of creations) {
    test(name, async () => {
      await assert.rejects(create('new', given), { code: invalid, message })
      await assert.rejects(lambda.GetFunction({ FunctionName: 'new' }, caller), { code: 'ResourceNotFoundException' })
    })
  }

  test('a zip of more than 50 MB', async () => {
    await assert.rejects(create('new', { Code: { ZipFile: new Uint8Array(52_428_801) } }), {
      code: 'RequestEntityTooLargeException',
      message: 'Zipped size must be smaller than 52428800 bytes',
    })
  })

  test('a function without runtime or handler', async () => {
    const input = { FunctionName: 'new', Role: role, Code: { ZipFile: zipOf('one') } }
    const expected = {
      code: invalid,
      message: 'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    }
    await assert.rejects(lambda.CreateFunction({ ...input, Runtime: 'nodejs24.x' }, caller), expected)
    await assert.rejects(lambda.CreateFunction({ ...input, Handler: 'a.b' }, caller), expected)
  })

  test('a name with a qualifier', async () => {
    await assert.rejects(create('new:1'), {
      code: 'ValidationException',
      message: /^1 validation error detected: Value 'new:1' at 'functionName' failed to satisfy constraint: /,
    })
  })

  test("another account's layer", async () => {
    await assert.rejects(create('new', { Layers: ['arn:aws:lambda:us-east-1:999999999999:layer:a:1'] }), {
      code: 'AccessDeniedException',
      message:
        /is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:us-east-1:9+:layer:a:1/,
    })
  })
})
