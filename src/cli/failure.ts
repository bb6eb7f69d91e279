import { ConfigError } from '../config/config-error.ts'
import { StorageError } from '../storage/storage-error.ts'
import { CommandError } from './command-error.ts'

/** Why a system call of the network failed, in the words of whoever runs the gateway. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'the port is in use by another program; choose another one with --port or --api-port'],
  ['EACCES', 'this user may not use the port; choose one above 1023 with --port or --api-port'],
  ['EADDRNOTAVAIL', 'this machine does not have the address; choose another one with --host'],
  ['ENOTFOUND', 'the host name is unknown; choose another one with --host'],
  ['EAI_AGAIN', 'the host name cannot be looked up; choose another one with --host'],
])

/** `listen EADDRINUSE: address already in use 127.0.0.1:4566`: all that is left of an error that crossed threads. */
const networkMessage = /^(?:listen|bind|getaddrinfo) (E[A-Z_]+)\b.*?(\S+)$/

/** What to print of an error that ends a command: one line for each expected problem; the stack of an unexpected one. */
export function describeFailure(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems.map((problem) => `gatehouse: ${problem}`)
  if (error instanceof StorageError || error instanceof CommandError) return [`gatehouse: ${error.message}`]
  if (!(error instanceof Error)) return [`gatehouse: unexpected failure: ${String(error)}`]
  const [, code = '', address] = networkMessage.exec(error.message) ?? []
  const reason = reasons.get(code)
  if (reason !== undefined) return [`gatehouse: cannot listen on ${address}: ${reason}`]
  return [`gatehouse: unexpected failure: ${error.stack ?? error.message}`]
}
