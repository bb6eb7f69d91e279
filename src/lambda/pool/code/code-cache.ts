import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfAnySize } from '../../../hash/sha256-of-any-size.ts'
import type { FunctionVersion } from '../../../snapshot/function.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { InvalidZipError } from './invalid-zip-error.ts'

/** Where the code of a function version lies on this machine. */
export interface CodeFolders {
  /** `LAMBDA_TASK_ROOT`: the function's own code. */
  readonly taskRoot: string
  /** What Lambda mounts at `/opt`: the merged layers. Absent without layers. */
  readonly layers?: string
}

export interface CodeCache {
  /**
   * Makes a version's code available, extracting what is not there yet. The folders are shared by all environments.
   *
   * @throws {ServiceError} `InvalidZipFileException` 502.
   */
  prepare(version: CodeVersion): Promise<CodeFolders>
}

type CodeVersion = Pick<FunctionVersion, 'functionName' | 'codeDigest' | 'layers'>

/** Where all threads extract code to. */
export function codeFolderOf(dataDir: string): string {
  return join(dataDir, 'cache', 'code')
}

/**
 * Keeps extracted code in `{folder}/{digest}`, and merged layers in `{folder}/layers-{digest of their digests}`. A
 * folder appears whole, by a rename, so that a crash leaves no half-extracted code behind, and several threads may make it.
 *
 * @param scratch A folder on the same disk, of this cache alone.
 * @param blob Loads `code/{digest}`.
 */
export function createCodeCache(
  folder: string,
  scratch: string,
  blob: (name: string) => Promise<Uint8Array>,
): CodeCache {
  const preparing = new Map<string, Promise<string>>()

  /** Fills the folder `name` once, however many ask for it at the same time. */
  function ensure(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
    let prepared = preparing.get(name)
    if (prepared === undefined) {
      prepared = make(name, fill).finally(() => preparing.delete(name))
      preparing.set(name, prepared)
    }
    return prepared
  }

  async function make(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
    const path = join(folder, name)
    if (await exists(path)) return path
    await mkdir(folder, { recursive: true })
    const temporary = await mkdtemp(join(scratch, 'code-'))
    try {
      await fill(temporary)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { recursive: true, force: true })
      // Another thread may have been faster.
      if (!(await exists(path))) throw error
    }
    return path
  }

  function extracted(digest: string): Promise<string> {
    return ensure(digest, async (target) => {
      const zip = await blob(`code/${digest}`)
      if ((await sha256OfAnySize(zip)) !== digest) {
        throw new InvalidZipError('The stored code does not match its digest')
      }
      // Loaded on demand: a gateway that starts with its code extracted has no use for it.
      const { extractZip } = await import('./extract-zip.ts')
      await extractZip(zip, target)
    })
  }

  function merged(digests: readonly string[]): Promise<string> {
    return ensure(mergedName(digests), async (target) => {
      for (const digest of digests) {
        // Later layers override files of earlier ones (documented).
        await cp(await extracted(digest), target, { recursive: true, force: true, verbatimSymlinks: true })
      }
    })
  }

  return {
    async prepare({ functionName, codeDigest, layers }) {
      try {
        const taskRoot = await extracted(codeDigest)
        if (layers.length === 0) return { taskRoot }
        return { taskRoot, layers: await merged(layers.map((layer) => layer.codeDigest)) }
      } catch (cause) {
        if (!(cause instanceof InvalidZipError)) throw cause
        const message = `Lambda could not unzip the deployment package of ${functionName}: ${cause.message}`
        throw new ServiceError('InvalidZipFileException', message, { members: { Type: 'User' }, status: 502, cause })
      }
    },
  }
}

function mergedName(digests: readonly string[]): string {
  return `layers-${createHash('sha256').update(digests.join()).digest('hex')}`
}

/** The names of the folders that a version uses. */
export function codeFoldersOf({ codeDigest, layers }: CodeVersion): string[] {
  const digests = layers.map((layer) => layer.codeDigest)
  return [codeDigest, ...digests, mergedName(digests)]
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
