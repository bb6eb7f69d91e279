import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from '../storage/storage-error.ts'
import { keyLength } from './cipher.ts'

/** Its name in the data folder. Whoever restores a data folder without it has lost the secrets in it. */
const fileName = 'secret.key'

/**
 * Reads the key of a data folder, and draws one for a folder that has none. Only its owner may read the file.
 *
 * @throws {StorageError} `damaged` for a file that holds no key; the system's error for one that cannot be read or written.
 */
export function loadKey(dataDir: string): Uint8Array {
  const file = join(dataDir, fileName)
  const key = read(file) ?? create(dataDir, file)
  if (key.length !== keyLength) {
    throw new StorageError('damaged', `${file} does not hold a key of ${keyLength} bytes: restore it`)
  }
  return key
}

function read(file: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(file, 'utf8'), 'base64')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The file appears whole or not at all: a crash must not leave half a key, nor replace a key that is in use. */
function create(dataDir: string, file: string): Buffer {
  const draft = join(dataDir, `${fileName}.${randomUUID()}`)
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, `${randomBytes(keyLength).toString('base64')}\n`)
    fsyncSync(descriptor)
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    closeSync(descriptor)
    rmSync(draft)
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}
