import { join } from 'node:path'
import { parseArn } from '../../../wire/arn.ts'
import { FunctionLogFile } from './function-log-file.ts'
import type { LogSink } from './log-sink.ts'

const flushEveryMs = 100

/**
 * Keeps each function's log in `{folder}/{account}/{region}/{name}.log`, one line per log event:
 * `{ISO time} {stream} {text}`. A log that outgrows half of its bytes is renamed to `{name}.log.1`, replacing the one
 * before.
 *
 * @param bytesPerFunction Most bytes that a function's two files hold together.
 */
export function createFileLogSink(folder: string, bytesPerFunction: number, now: () => number = Date.now): LogSink {
  const files = new Map<string, FunctionLogFile>()
  const dirty = new Set<FunctionLogFile>()
  let timer: NodeJS.Timeout | undefined

  function fileOf(functionArn: string): FunctionLogFile {
    let file = files.get(functionArn)
    if (file === undefined) {
      const { account = '', region = '', resource = '' } = parseArn(functionArn) ?? {}
      const name = resource.slice('function:'.length)
      file = new FunctionLogFile(join(folder, account, region, `${name}.log`), bytesPerFunction)
      files.set(functionArn, file)
    }
    return file
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const flushing = [...dirty]
    dirty.clear()
    await Promise.all(flushing.map((file) => file.flush()))
  }

  return {
    open(functionArn, stream) {
      const file = fileOf(functionArn)
      return (line) => {
        file.add({ epochMs: now(), stream, line })
        dirty.add(file)
        timer ??= setTimeout(() => void flush(), flushEveryMs).unref()
      }
    },
    flush,
  }
}
