import { codeSha256 } from '../code/package.ts'
import type { LambdaOutput } from '../operations.ts'
import { formatTime } from '../time.ts'
import type { VersionRecord } from './function.ts'
import { logGroup } from './unsupported.ts'

export type FunctionConfiguration = LambdaOutput<'GetFunctionConfiguration'>

/**
 * A version as Lambda shows it.
 *
 * A function is `Active`, its update `Successful`, from the first answer on: here code is stored and every thread follows
 * the change before the answer goes out, so the `Pending` that Lambda shows for some seconds would be untrue. Waiters
 * (`function_active_v2`, `function_updated_v2`, `published_version_active`) and Terraform accept that at once.
 *
 * @param arn The ARN by which it was asked for: of the function, a version or an alias.
 */
export function presentVersion(record: VersionRecord, arn: string): FunctionConfiguration {
  return {
    ...presentListed(record, arn),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  }
}

/** As {@link presentVersion}, without the state: lists leave it out (documented). */
export function presentListed(record: VersionRecord, arn: string): FunctionConfiguration {
  const { settings, code } = record
  return {
    FunctionName: record.functionName,
    FunctionArn: arn,
    Runtime: settings.runtime,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: code.size,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMegabytes,
    LastModified: formatTime(record.lastModified),
    CodeSha256: codeSha256(code.digest),
    Version: record.version,
    ...(settings.environment && { Environment: { Variables: settings.environment } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: record.revisionId,
    ...(settings.layers.length > 0 && {
      Layers: settings.layers.map((layer) => ({ Arn: layer.arn, CodeSize: layer.code.size })),
    }),
    PackageType: 'Zip',
    Architectures: [settings.architecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: logGroup(record.functionName) },
  }
}
