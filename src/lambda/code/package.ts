import { createHash } from 'node:crypto'
import { entityTooLarge, invalidParameter } from '../error.ts'
import { unzippedSize } from './unzipped-size.ts'

/** A stored zip: its bytes are the blob `code/{digest}`. */
export interface CodePackage {
  /** Hex SHA-256. */
  readonly digest: string
  /** Bytes of the zip. */
  readonly size: number
  /** Bytes of all its files. */
  readonly unzippedSize: number
}

/** Bytes of a zip as sent (documented). */
const maxZippedBytes = 52_428_800

/** Bytes of all files of a function and its layers (documented). */
const maxUnzippedBytes = 262_144_000

/** The blob that holds a package's bytes. */
export function codeBlob(digest: string): string {
  return `code/${digest}`
}

/** `CodeSha256`: the digest in base64. */
export function codeSha256(digest: string): string {
  return Buffer.from(digest, 'hex').toString('base64')
}

/**
 * Checks a zip as Lambda does before it stores one.
 * @throws {ServiceError} `RequestEntityTooLargeException`, or `InvalidParameterValueException` for what is not a zip of
 *   plain files and folders.
 */
export async function readPackage(zip: Uint8Array): Promise<CodePackage> {
  if (zip.byteLength === 0) throw invalidParameter('Uploaded file must be a non-empty zip')
  if (zip.byteLength > maxZippedBytes) {
    throw entityTooLarge(`Zipped size must be smaller than ${maxZippedBytes} bytes`)
  }
  const unzipped = await unzippedSize(zip)
  if (unzipped > maxUnzippedBytes) {
    throw invalidParameter(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`)
  }
  return { digest: createHash('sha256').update(zip).digest('hex'), size: zip.byteLength, unzippedSize: unzipped }
}

/** @throws {ServiceError} `InvalidParameterValueException` when a function and its layers unzip to more than 250 MB. */
export function checkCombinedSize(code: CodePackage, layers: readonly { readonly code: CodePackage }[]): void {
  const total = layers.reduce((sum, layer) => sum + layer.code.unzippedSize, code.unzippedSize)
  if (total > maxUnzippedBytes) {
    throw invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${maxUnzippedBytes} bytes. ` +
        `The actual size is ${total} bytes.`,
    )
  }
}
