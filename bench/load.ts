import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Where the load goes. */
export interface LoadTarget {
  readonly url: string
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON that every call posts. Absent: calls are GETs. */
  readonly body?: string
  /** A header whose values calls take in turns: the lines of a file. */
  readonly varied?: { readonly header: string; readonly file: string }
  /** Every call has a path of its own: the URL's, and what makes it another. */
  readonly distinctPaths?: true
  /** Connections that the loader keeps busy, each with one call at a time. Absent: 16. */
  readonly connections?: number
}

/** What one run of the loader saw. */
export interface Load {
  readonly calls: number
  readonly seconds: number
  readonly p50Millis: number
  readonly p99Millis: number
  /** Calls that were not answered, or not with a 2xx or 3xx. */
  readonly failures: number
}

/** Connections of calls whose target says nothing else. */
export const usualConnections = 16

const script = fileURLToPath(new URL('./load.lua', import.meta.url))
const run = promisify(execFile)

/** Calls the target for `seconds` from `wrk`, a process of its own with one thread. */
export async function load(target: LoadTarget, seconds: number): Promise<Load> {
  const { url, headers, body, varied, distinctPaths, connections = usualConnections } = target
  const headerFlags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '-s',
    script,
    ...headerFlags,
    url,
    '--',
    body ?? '',
    varied?.file ?? '',
    distinctPaths ? String(Date.now()) : '',
    varied?.header ?? '',
  ])
  return parseLoad(stdout)
}

/** Reads the line that `load.lua` writes from all that `wrk` printed. */
export function parseLoad(output: string): Load {
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) throw new Error(`wrk printed no result: ${output}`)
  const { calls, micros, p50Micros, p99Micros, failures } = JSON.parse(line) as Record<string, number>
  return {
    calls: figure(calls),
    seconds: figure(micros) / 1e6,
    p50Millis: figure(p50Micros) / 1e3,
    p99Millis: figure(p99Micros) / 1e3,
    failures: figure(failures),
  }
}

function figure(value: number | undefined): number {
  if (typeof value !== 'number') throw new Error('wrk printed an incomplete result')
  return value
}
