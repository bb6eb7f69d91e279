import { join } from 'node:path'
import { parseArn } from '../../../wire/arn.ts'
import type { SharedCounts } from '../neighbours/shared-counts.ts'
import { FunctionLogFile, type Turn } from './function-log-file.ts'
import type { LogSink } from './log-sink.ts'

const flushEveryMs = 100

export interface FileLogOptions {
  readonly folder: string
  /** Most bytes that a function's two files hold together. */
  readonly bytesPerFunction: number
  /** Keeps several threads from writing to a file at once. */
  readonly counts: SharedCounts
}

/**
 * Keeps each function's log in `{folder}/{account}/{region}/{name}.log`, one line per log event:
 * `{ISO time} {stream} {text}`. A log that outgrows half of its bytes is renamed to `{name}.log.1`, replacing the one
 * before.
 */
export function createFileLogSink(
  { folder, bytesPerFunction, counts }: FileLogOptions,
  now: () => number = Date.now,
): LogSink {
  const files = new Map<string, FunctionLogFile>()
  const dirty = new Set<FunctionLogFile>()
  let timer: NodeJS.Timeout | undefined

  function turnOf(functionArn: string): Turn {
    const place = counts.placeOf(`writers of the log of ${functionArn}`)
    return { take: () => counts.take(place, 1), give: () => counts.give(place) }
  }

  function fileOf(functionArn: string): FunctionLogFile {
    let file = files.get(functionArn)
    if (file === undefined) {
      const { account = '', region = '', resource = '' } = parseArn(functionArn) ?? {}
      const name = resource.slice('function:'.length)
      const path = join(folder, account, region, `${name}.log`)
      file = new FunctionLogFile(path, bytesPerFunction, turnOf(functionArn))
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
