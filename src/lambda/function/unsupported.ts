import { invalidParameter } from '../error.ts'
import type { LambdaInput } from '../operations.ts'

type Settings = Omit<
  Partial<LambdaInput<'CreateFunction'> & LambdaInput<'UpdateFunctionConfiguration'>>,
  'FunctionName'
>

interface Unsupported {
  readonly member: string
  /** Whether the request asks for it; values that mean "off" are accepted. */
  readonly asked: (settings: Settings) => boolean
  readonly reason: string
}

/** Settings that cannot take effect here. None is accepted and then ignored. */
const unsupported: readonly Unsupported[] = [
  {
    member: 'VpcConfig',
    asked: ({ VpcConfig: vpc }) => isFilled(vpc?.SubnetIds) || isFilled(vpc?.SecurityGroupIds),
    reason: 'functions run on the network of this machine',
  },
  {
    member: 'FileSystemConfigs',
    asked: ({ FileSystemConfigs }) => isFilled(FileSystemConfigs),
    reason: 'no file systems can be mounted',
  },
  {
    member: 'KMSKeyArn',
    asked: ({ KMSKeyArn }) => isFilled(KMSKeyArn),
    reason: 'environment variables are not encrypted with a key of yours',
  },
  {
    member: 'DeadLetterConfig',
    asked: ({ DeadLetterConfig }) => isFilled(DeadLetterConfig?.TargetArn),
    reason: 'failed events are not sent to a queue or topic',
  },
  {
    member: 'SnapStart',
    asked: ({ SnapStart }) => SnapStart?.ApplyOn === 'PublishedVersions',
    reason: 'no snapshots of initialized functions are taken; ApplyOn must be None',
  },
  {
    member: 'TracingConfig',
    asked: ({ TracingConfig }) => TracingConfig?.Mode === 'Active',
    reason: 'traces are not sampled; Mode must be PassThrough',
  },
  {
    member: 'PackageType',
    asked: ({ PackageType }) => PackageType === 'Image',
    reason: 'container images do not run; PackageType must be Zip',
  },
  { member: 'ImageConfig', asked: ({ ImageConfig }) => hasMembers(ImageConfig), reason: 'container images do not run' },
  {
    member: 'EphemeralStorage',
    asked: ({ EphemeralStorage }) => EphemeralStorage !== undefined && EphemeralStorage.Size !== 512,
    reason: 'the size of /tmp is not limited; Size must be 512',
  },
  {
    member: 'LoggingConfig',
    asked: ({ LoggingConfig }) => LoggingConfig?.LogFormat === 'JSON',
    reason: 'logs are plain; LogFormat must be Text',
  },
  {
    member: 'LoggingConfig',
    asked: ({ LoggingConfig: logging }) =>
      logging?.ApplicationLogLevel !== undefined || logging?.SystemLogLevel !== undefined,
    reason: 'ApplicationLogLevel and SystemLogLevel need LogFormat JSON',
  },
  {
    member: 'CodeSigningConfigArn',
    asked: ({ CodeSigningConfigArn }) => isFilled(CodeSigningConfigArn),
    reason: 'signatures of code are not checked',
  },
  {
    member: 'TenancyConfig',
    asked: ({ TenancyConfig }) => hasMembers(TenancyConfig),
    reason: 'execution environments are not kept apart by tenant',
  },
  {
    member: 'CapacityProviderConfig',
    asked: ({ CapacityProviderConfig }) => hasMembers(CapacityProviderConfig),
    reason: 'functions run on this machine',
  },
  {
    member: 'DurableConfig',
    asked: ({ DurableConfig }) => hasMembers(DurableConfig),
    reason: 'executions are not checkpointed',
  },
  {
    member: 'PublishTo',
    asked: ({ PublishTo }) => PublishTo !== undefined,
    reason: 'it belongs to capacity providers; publish with Publish',
  },
]

/** @throws {ServiceError} `InvalidParameterValueException` that names the first setting that cannot take effect here. */
export function refuseUnsupported(settings: Settings): void {
  const found = unsupported.find(({ asked }) => asked(settings))
  if (found !== undefined) throw invalidParameter(`${found.member} is not supported: ${found.reason}.`)
}

/**
 * Logs go to the function's own group.
 * @throws {ServiceError} `InvalidParameterValueException` for another one.
 */
export function refuseLogGroup({ LoggingConfig }: Settings, functionName: string): void {
  const own = logGroup(functionName)
  if (LoggingConfig?.LogGroup === undefined || LoggingConfig.LogGroup === own) return
  throw invalidParameter(`LoggingConfig is not supported: LogGroup must be ${own}.`)
}

/** Where a function's logs are. */
export function logGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`
}

function isFilled(value: string | readonly unknown[] | undefined): boolean {
  return value !== undefined && value.length > 0
}

function hasMembers(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0
}
