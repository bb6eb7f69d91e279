import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Code that no function uses any more is removed this long after a change, in milliseconds. */
const cleanAfterMs = 60_000

/** Tells the names of the code folders that functions which can be invoked, or environments that still run, use. */
type CodeInUse = () => Promise<readonly string[]>

/**
 * Removes extracted code that nobody uses any more.
 *
 * @param folder From `codeFolderOf`.
 * @returns Has it done some time later, once for all that ask meanwhile.
 */
export function codeCleaning(folder: string, inUse: CodeInUse): () => void {
  let isPlanned = false

  function clean(): void {
    isPlanned = false
    removeUnusedCode(folder, inUse).catch(() => {
      // What could not be removed is tried again after the next change.
    })
  }

  return () => {
    if (!isPlanned) setTimeout(clean, cleanAfterMs).unref()
    isPlanned = true
  }
}

/** Removes the folders of a code cache that nobody uses. */
export async function removeUnusedCode(folder: string, inUse: CodeInUse): Promise<void> {
  // What is extracted later is not among the names, and stays.
  const names = await readdir(folder).catch(() => [])
  const used = new Set(await inUse())
  const unused = names.filter((name) => !used.has(name))
  await Promise.all(unused.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
