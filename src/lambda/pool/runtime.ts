import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FunctionVersion } from '../../snapshot/function.ts'
import type { CodeFolders } from './code/code-cache.ts'

/** How a version's runtime is started. */
export interface RuntimeCommand {
  readonly command: string
  readonly args: readonly string[]
  /**
   * Our own runtimes read from file descriptor 3 and write to 4: cheaper than TCP, and their end tells that the gateway has
   * died. They are two, because a process that waits to read from a socket is also woken when the other end has read.
   */
  readonly speaksOverDescriptors: boolean
}

/** There is no runtime to start. The message is Lambda's own where Lambda knows the case. */
export class InvalidEntrypointError extends Error {
  override readonly name = 'InvalidEntrypointError'
}

export interface RuntimeFinder {
  /** @throws {InvalidEntrypointError} The code has no bootstrap, or the machine lacks the interpreter. */
  find(version: FunctionVersion, code: CodeFolders): Promise<RuntimeCommand>
}

/** The runtimes that come with Gatehouse lie beside `src` and, in the built package, beside `dist`. */
const runtimes = fileURLToPath(new URL('../../../runtimes/', import.meta.url))

/** @param searchPath Folders to look for interpreters in, as in `PATH`. */
export function createRuntimeFinder(searchPath: string): RuntimeFinder {
  const interpreters = new Map<string, Promise<string | undefined>>()

  function pythonFor(runtime: string): Promise<string | undefined> {
    let found = interpreters.get(runtime)
    if (found === undefined) {
      found = findPython([runtime, 'python3'], searchPath)
      interpreters.set(runtime, found)
    }
    return found
  }

  return {
    async find(version, code) {
      if (version.runtime.startsWith('nodejs')) return nodeRuntime(version)
      if (!version.runtime.startsWith('python')) return bootstrapOf(code)
      const python = await pythonFor(version.runtime)
      if (python === undefined)
        throw new InvalidEntrypointError(`There is no ${version.runtime} or python3 in the PATH`)
      return pythonRuntime(python)
    },
  }
}

function nodeRuntime({ memoryMegabytes }: FunctionVersion): RuntimeCommand {
  // As Lambda's own runtime does: the collector has to know the limit, else it grows until the process is killed.
  const heap = [
    `--max-old-space-size=${Math.floor(memoryMegabytes * 0.9)}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryMegabytes * 0.05))}`,
  ]
  const args = [...heap, join(runtimes, 'nodejs', 'bootstrap.mjs'), '3', '4']
  return { command: process.execPath, args, speaksOverDescriptors: true }
}

function pythonRuntime(command: string): RuntimeCommand {
  // -B: the code's folder is shared by all environments, so no bytecode is written there.
  return { command, args: ['-B', join(runtimes, 'python', 'bootstrap.py'), '3', '4'], speaksOverDescriptors: true }
}

function bootstrapOf({ taskRoot, layers }: CodeFolders): RuntimeCommand {
  const candidates = layers === undefined ? [taskRoot] : [taskRoot, layers]
  const command = candidates.map((folder) => join(folder, 'bootstrap')).find((path) => existsSync(path))
  if (command === undefined) {
    throw new InvalidEntrypointError("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")
  }
  if (!isExecutable(command)) throw new InvalidEntrypointError('fork/exec /var/task/bootstrap: permission denied')
  return { command, args: [], speaksOverDescriptors: false }
}

/** Asks each candidate where it really is: version managers put slow scripts in front of interpreters. */
async function findPython(names: readonly string[], searchPath: string): Promise<string | undefined> {
  for (const name of names) {
    const command = findExecutable(name, searchPath)
    if (command === undefined) continue
    try {
      const { stdout } = await promisify(execFile)(command, ['-c', 'import sys; print(sys.executable)'])
      return stdout.trim() || command
    } catch {
      // A version manager's placeholder for a version that is not installed.
    }
  }
  return undefined
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
