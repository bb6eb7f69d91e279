/** Lambda's own error objects for functions that failed without one, as JSON text (documented, observed). */

export function timedOut(requestId: string, timeoutSeconds: number): string {
  const seconds = timeoutSeconds.toFixed(2)
  return text('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`)
}

/** @param reason As `exitReason` words it. */
export function exited(requestId: string, reason: string): string {
  return text('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`)
}

export function invalidEntrypoint(requestId: string, reason: string): string {
  return text('Runtime.InvalidEntrypoint', `RequestId: ${requestId} Error: ${reason}`)
}

/** @param maxBytes What an answer may have at most. */
export function responseTooLarge(maxBytes: number): string {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxBytes} bytes).`
  return text('Function.ResponseSizeTooLarge', errorMessage)
}

/** For a runtime that reported a failure without an error object. */
export function unknownError(requestId: string, errorType = 'Runtime.Unknown'): string {
  return text(errorType, `RequestId: ${requestId} Error: Unknown application error occurred`)
}

/** How Lambda words the end of a process that was not asked to end. */
export function exitReason(exitCode: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${signalTexts.get(signal) ?? signal}`
  if (exitCode === 0) return 'Runtime exited without providing a reason'
  return `Runtime exited with error: exit status ${exitCode}`
}

const signalTexts = new Map<NodeJS.Signals, string>([
  ['SIGABRT', 'aborted'],
  ['SIGBUS', 'bus error'],
  ['SIGFPE', 'floating point exception'],
  ['SIGHUP', 'hangup'],
  ['SIGILL', 'illegal instruction'],
  ['SIGINT', 'interrupt'],
  ['SIGKILL', 'killed'],
  ['SIGPIPE', 'broken pipe'],
  ['SIGQUIT', 'quit'],
  ['SIGSEGV', 'segmentation fault'],
  ['SIGTERM', 'terminated'],
  ['SIGTRAP', 'trace/breakpoint trap'],
])

function text(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage })
}
