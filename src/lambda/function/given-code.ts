import { invalidParameter } from '../error.ts'
import type { LambdaInput } from '../operations.ts'

type GivenCode = LambdaInput<'CreateFunction'>['Code']

/**
 * The zip that a request carries.
 * @throws {ServiceError} `InvalidParameterValueException` for code that would have to be fetched elsewhere.
 */
export function givenZip(code: GivenCode): Uint8Array {
  if (code.ImageUri !== undefined) {
    throw invalidParameter('ImageUri is not supported: container images do not run. Send the package in ZipFile.')
  }
  if (code.S3Bucket !== undefined || code.S3Key !== undefined) {
    throw invalidParameter(
      'Error occurred while GetObject. S3 Error Code: NotImplemented. ' +
        'S3 Error Message: Buckets are not read. Send the package in ZipFile.',
    )
  }
  if (code.SourceKMSKeyArn !== undefined) {
    throw invalidParameter('SourceKMSKeyArn is not supported: packages are not encrypted with a key of yours.')
  }
  if (code.ZipFile === undefined) throw invalidParameter('Please provide a source for function code.')
  return code.ZipFile
}
