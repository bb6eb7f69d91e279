import { createWriteStream } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { InvalidZipError } from './invalid-zip-error.ts'

/** Lambda's limit on unzipped code, in bytes (documented): 250 MB. */
const maxUnzippedBytes = 262_144_000
const maxLinkBytes = 4096

/**
 * Extracts a zip into an existing empty folder. Files become read-only; those that the archive marks executable stay so.
 *
 * @throws {InvalidZipError} for what is no zip, is larger than 250 MB unzipped, is encrypted, or has an entry or a link
 *   that leads out of the folder. The folder may then be filled in part.
 */
export async function extractZip(zip: Uint8Array, folder: string): Promise<void> {
  const archive = await open(zip)
  try {
    let bytes = 0
    const links: string[] = []
    for await (const entry of archive.eachEntry()) {
      bytes += entry.uncompressedSize
      if (bytes > maxUnzippedBytes)
        throw new InvalidZipError(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`)
      await extractEntry(archive, entry, folder, links)
    }
  } catch (error) {
    if (error instanceof InvalidZipError || isSystemError(error)) throw error
    throw new InvalidZipError('The archive is damaged', { cause: error })
  } finally {
    archive.close()
  }
}

async function open(zip: Uint8Array): Promise<ZipFile> {
  try {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
    // Names are checked here too: yauzl refuses absolute ones, `..` and backslashes.
    return await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: false })
  } catch (cause) {
    throw new InvalidZipError('The code is no zip archive', { cause })
  }
}

async function extractEntry(archive: ZipFile, entry: Entry, folder: string, links: string[]): Promise<void> {
  const path = inside(folder, resolve(folder, entry.fileName))
  if (links.some((link) => path.startsWith(link + sep))) throw new InvalidZipError('An entry lies behind a link')
  const mode = entry.externalFileAttributes >>> 16
  const isLink = (mode & 0o170000) === 0o120000
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true })
    return
  }
  await mkdir(dirname(path), { recursive: true })
  const content = await archive.openReadStreamPromise(entry)
  if (!isLink) {
    // An archive made without Unix modes has 0: Lambda then reads the files, but executes none.
    return pipeline(content, createWriteStream(path, { flags: 'wx', mode: mode & 0o111 ? 0o555 : 0o444 }))
  }
  if (entry.uncompressedSize > maxLinkBytes) throw new InvalidZipError('A link is too long')
  const target = (await buffer(content)).toString()
  inside(folder, resolve(dirname(path), target))
  await symlink(target, path)
  links.push(path)
}

/** Guards against entries that would be written, and links that would point, outside of the folder. */
function inside(folder: string, path: string): string {
  if (path !== folder && !path.startsWith(folder + sep)) throw new InvalidZipError('An entry leads out of the archive')
  return path
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
