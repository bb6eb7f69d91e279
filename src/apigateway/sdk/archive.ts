import { strToU8, zipSync } from 'fflate'

/** Zips texts, given by path, below a folder. The same bytes for the same files: all have the first date that archives know. */
export function archive(folder: string, files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, strToU8(text)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) })
}
