import { posix } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Entry, ZipFile } from 'yauzl'
import { invalidParameter } from '../error.ts'

const fileTypeBits = 0o170000
const symbolicLink = 0o120000
const plainTypes = new Set([0, 0o100000, 0o040000, symbolicLink])

/** Longest path that a link may point to, in bytes. */
const maxTargetBytes = 4096

/**
 * Adds up a zip's files, in bytes, from its directory: nothing but links is unpacked.
 *
 * @throws {ServiceError} `InvalidParameterValueException` for what is not a zip, for an empty one, and for one that
 *   would write outside its folder: paths that are absolute or climb up, links that lead out, files below a link.
 */
export async function unzippedSize(zip: Uint8Array): Promise<number> {
  // Loaded on demand: a gateway whose functions stay as they are needs it for nothing.
  const { fromBufferPromise } = await import('yauzl')
  try {
    const file = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), {
      lazyEntries: true,
      autoClose: false,
    })
    return await addUp(file)
  } catch (cause) {
    if (cause instanceof EmptyZip) throw invalidParameter('Uploaded file must be a non-empty zip')
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.', {
      cause,
    })
  }
}

class EmptyZip extends Error {}

async function addUp(zip: ZipFile): Promise<number> {
  const paths = new Set<string>()
  const links = new Set<string>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.replace(/\/+$/, '')
    const type = (entry.externalFileAttributes >>> 16) & fileTypeBits
    if (!entry.canDecodeFileData() || entry.isEncrypted() || !plainTypes.has(type)) {
      throw new Error(`${path} is not a plain file`)
    }
    if (type === symbolicLink) {
      checkTarget(path, await readTarget(zip, entry))
      links.add(path)
    }
    total += entry.uncompressedSize
    paths.add(path)
  }
  if (paths.size === 0) throw new EmptyZip()
  if (links.size > 0) checkLinks(links, paths, zip.entryCount)
  return total
}

async function readTarget(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > maxTargetBytes) throw new Error(`${entry.fileName} has too long a target`)
  return (await buffer(await zip.openReadStreamPromise(entry))).toString()
}

/** `..` may only lead: after a name it could climb out through another link, whatever the text suggests. */
function checkTarget(path: string, target: string): void {
  const steps = target.split('/')
  const climbs = steps.findIndex((step) => step !== '..')
  const climbsLater = climbs >= 0 && steps.slice(climbs).includes('..')
  const resolved = posix.join(posix.dirname(path), target)
  if (target === '' || target.includes('\0') || posix.isAbsolute(target) || climbsLater || isOutside(resolved)) {
    throw new Error(`${path} links to ${target}`)
  }
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../')
}

/** A zip with links may not name a path twice, nor a path below a link: what it writes must be plain from its names. */
function checkLinks(links: ReadonlySet<string>, paths: ReadonlySet<string>, entryCount: number): void {
  if (paths.size !== entryCount) throw new Error('A path occurs twice')
  for (const path of paths) {
    for (let parent = posix.dirname(path); parent !== '.'; parent = posix.dirname(parent)) {
      if (links.has(parent)) throw new Error(`${path} lies below a link`)
    }
  }
}
