import { writeSync } from 'node:fs'
import { format } from 'node:util'
import { inLog } from './errors.mjs'

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
}
const retry = new Int32Array(new SharedArrayBuffer(4))

/** Makes `console` write Lambda's text format: `{ISO time}\t{request id}\t{level}\t{text}`. */
export function patchConsole() {
  let requestId
  const write = (level, text) => {
    // One log event is one line; Lambda keeps line breaks inside of it as carriage returns.
    const line = `${new Date().toISOString()}\t${requestId}\t${level}\t${text}`.replaceAll('\n', '\r')
    writeAll(Buffer.from(`${line}\n`))
  }
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => write(level, format(...values))
  }
  return {
    /** Names the invocation in all further lines. */
    begin(id) {
      requestId = id
    },
    error: (what, error) => write('ERROR', `${what} \t${inLog(error)}`),
  }
}

/** Writes before it returns, so that a line is in the log before the answer that follows it. */
function writeAll(bytes) {
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      if (error.code !== 'EAGAIN') return
      Atomics.wait(retry, 0, 0, 1)
    }
  }
}
