import type { Caller } from '../../wire/operation.ts'
import { codeBlob, codeSha256 } from '../code/package.ts'
import type { LambdaOutput } from '../operations.ts'
import { formatTime } from '../time.ts'
import type { LayerVersionRecord } from './layer.ts'
import { layerArn, layerVersionArn } from './name.ts'

/** A layer version as Lambda shows it, with the place of its zip. */
export function presentLayerVersion(
  caller: Caller,
  record: LayerVersionRecord,
  codeLocation: (blobName: string) => string,
): LambdaOutput<'GetLayerVersion'> {
  const { digest, size } = record.code
  return {
    Content: { Location: codeLocation(codeBlob(digest)), CodeSha256: codeSha256(digest), CodeSize: size },
    LayerArn: layerArn(caller, record.layerName),
    ...presentListedLayerVersion(caller, record),
  }
}

/** As lists show it. */
export function presentListedLayerVersion(caller: Caller, record: LayerVersionRecord) {
  return {
    LayerVersionArn: layerVersionArn(caller, record.layerName, record.version),
    Version: record.version,
    Description: record.description,
    CreatedDate: formatTime(record.createdDate),
    ...(record.compatibleRuntimes && { CompatibleRuntimes: [...record.compatibleRuntimes] }),
    ...(record.compatibleArchitectures && { CompatibleArchitectures: [...record.compatibleArchitectures] }),
    ...(record.licenseInfo !== undefined && { LicenseInfo: record.licenseInfo }),
  }
}
