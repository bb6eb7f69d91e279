/** An error of the runtime itself: its name is the error type that the caller sees. */
export class RuntimeError extends Error {
  constructor(name, message, options) {
    super(message, options)
    this.name = name
    this.stack = `${name}: ${message}\n${this.stack
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n')}`
  }
}

/** The error object that the caller gets: whatever a handler throws can be described. */
export function describe(error) {
  try {
    if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] }
    return {
      errorType: String(error.name),
      errorMessage: String(error.message),
      trace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
    }
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack'
    return { errorType: 'handled', errorMessage, trace: [] }
  }
}

/** The error as the log shows it: with its own properties. */
export function inLog(error) {
  const { errorType, errorMessage, trace } = describe(error)
  try {
    const own = error instanceof Error ? { ...error } : {}
    return JSON.stringify({ errorType, errorMessage, code: error?.code, ...own, stack: trace })
  } catch {
    return JSON.stringify({ errorType, errorMessage, stack: trace })
  }
}
