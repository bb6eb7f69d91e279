import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time for `/proc` in hundredths of a second (USER_HZ), on every architecture. */
const microsPerTick = 10_000

/** One process as `/proc/{pid}/stat` shows it. */
interface ProcessStat {
  readonly pid: number
  readonly parent: number
  /** User and system time of all its threads, and of its children that have ended and were waited for. */
  readonly cpuMicros: number
}

/** Reads one line of `/proc/{pid}/stat`. The name, in parentheses, may itself hold blanks and parentheses. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid: Number.parseInt(line, 10),
    parent: field(4),
    cpuMicros: (field(14) + field(15) + field(16) + field(17)) * microsPerTick,
  }
}

/** The process `root` and all that it started, directly or not, as long as they live. */
export function processTree(root: number): readonly ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readStat)
  const tree = all.filter(({ pid }) => pid === root)
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

/** Processor time that a process and all that it started have used so far. */
export function cpuMicros(root: number): number {
  return processTree(root).reduce((sum, { cpuMicros }) => sum + cpuMicros, 0)
}

/** Resident memory of a process and all that it started. Pages that processes share count once for each. */
export function residentBytes(root: number): number {
  return processTree(root).reduce((sum, { pid }) => sum + residentBytesOf(pid), 0)
}

function residentBytesOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kibibytes ?? 0) * 1024
}

function readStat(pid: string): ProcessStat[] {
  try {
    return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))]
  } catch {
    return [] // It ended between the listing and the reading.
  }
}

/** The middle value; of an even number of values the higher of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('No values to take the median of')
  return middle
}
