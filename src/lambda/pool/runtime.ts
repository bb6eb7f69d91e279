import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionVersion } from '../../snapshot/function.ts'
import type { CodeFolders } from './code/code-cache.ts'

/** How a version's runtime is started. */
export interface RuntimeCommand {
  readonly command: string
  readonly args: readonly string[]
  /** Our own runtimes get a socket as file descriptor 3: cheaper than TCP, and its end tells that the other has died. */
  readonly speaksOverDescriptor: boolean
}

/** Why there is nothing to start: Lambda's own words. */
export interface NoRuntime {
  readonly reason: string
}

/** The runtimes that come with Gatehouse lie beside `src` and, in the built package, beside `dist`. */
const runtimes = fileURLToPath(new URL('../../../runtimes/', import.meta.url))

/** @param searchPath Folders to look for an interpreter in, as in `PATH`. */
export function findRuntime(
  version: FunctionVersion,
  code: CodeFolders,
  searchPath: string,
): RuntimeCommand | NoRuntime {
  if (version.runtime.startsWith('nodejs')) return nodeRuntime(version)
  if (version.runtime.startsWith('python')) return pythonRuntime(searchPath)
  return bootstrap(code)
}

function nodeRuntime({ memoryMegabytes }: FunctionVersion): RuntimeCommand {
  // As Lambda's own runtime does: the collector has to know the limit, else it grows until the process is killed.
  const heap = [
    `--max-old-space-size=${Math.floor(memoryMegabytes * 0.9)}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryMegabytes * 0.05))}`,
  ]
  const args = [...heap, join(runtimes, 'nodejs', 'bootstrap.mjs'), '3']
  return { command: process.execPath, args, speaksOverDescriptor: true }
}

function pythonRuntime(searchPath: string): RuntimeCommand | NoRuntime {
  const command = findExecutable('python3', searchPath)
  if (command === undefined) return { reason: 'python3 is not in the PATH of the gateway' }
  // -B: the code's folder is shared and read-only, so no bytecode is written there.
  return { command, args: ['-B', join(runtimes, 'python', 'bootstrap.py'), '3'], speaksOverDescriptor: true }
}

function bootstrap({ taskRoot, layers }: CodeFolders): RuntimeCommand | NoRuntime {
  const candidates = layers === undefined ? [taskRoot] : [taskRoot, layers]
  const command = candidates.map((folder) => join(folder, 'bootstrap')).find((path) => existsSync(path))
  if (command === undefined) return { reason: "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" }
  if (!isExecutable(command)) return { reason: 'fork/exec /var/task/bootstrap: permission denied' }
  return { command, args: [], speaksOverDescriptor: false }
}

/** @returns The absolute path of a program, or `undefined`. */
export function findExecutable(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
