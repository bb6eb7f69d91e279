import { execFile } from 'node:child_process'
import { closeSync, constants, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { promisify } from 'node:util'

/** A pipe from a process to the gateway. */
export interface NamedPipe {
  readonly reader: Socket
  /** File descriptor for the process. */
  readonly writer: number
  /** Closes the gateway's copy of `writer`, once the process has it. */
  handedOver(): void
}

/**
 * Makes real pipes. Those that Node gives to processes are sockets, which a shell script cannot open again as
 * `/dev/stderr`.
 *
 * @param paths Free paths, which are used for a moment.
 */
export async function makeNamedPipes(paths: readonly string[]): Promise<NamedPipe[]> {
  await promisify(execFile)('mkfifo', [...paths])
  return paths.map(openBothEnds)
}

function openBothEnds(path: string): NamedPipe {
  // Without a writer a reader would wait for one: it opens without waiting, and then finds its writer.
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(path, constants.O_WRONLY)
  rmSync(path)
  const reader = new Socket({ fd: reading, readable: true, writable: false })
  return { reader, writer, handedOver: () => closeSync(writer) }
}
