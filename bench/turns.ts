import { type Load, load } from './load.ts'
import { cpuMicros, median } from './measure.ts'
import type { Server } from './program.ts'

/** What a server did in one turn. */
export interface Turn {
  readonly cpuMicrosPerCall: number
  readonly callsPerSecond: number
}

/** One row of the table: the medians of a server's turns. */
export interface Row extends Turn {
  readonly name: string
  /** As many for every row that it is compared with, each at the time of theirs. */
  readonly turns: readonly Turn[]
  readonly p50Millis: number
  readonly p99Millis: number
  /** Of all turns. */
  readonly failures: number
}

export interface Contender {
  readonly name: string
  readonly server: Server
}

export interface Pace {
  /** How long what takes no turns is loaded. */
  readonly seconds: number
  readonly warmUpSeconds: number
  /** Of each contender, of a second each. */
  readonly turns: number
}

/**
 * Loads the contenders in short turns (A B C C B A A B C …), so that what else the machine does befalls all alike: its speed can
 * change twofold within seconds. All are running throughout; who is not being called waits.
 */
export async function inTurns(contenders: readonly Contender[], pace: Pace): Promise<Row[]> {
  const measured = contenders.map(({ name, server }) => ({ name, server, turns: [] as MeasuredTurn[] }))
  for (const { server } of measured) await load(server, pace.warmUpSeconds)
  for (let turn = 0; turn < pace.turns; turn++) {
    const order = turn % 2 === 0 ? measured : measured.toReversed()
    for (const { server, turns } of order) turns.push(await measure(server))
  }
  return measured.map(({ name, turns }) => summarize(name, turns))
}

type MeasuredTurn = Turn & Load

async function measure(server: Server): Promise<MeasuredTurn> {
  const before = cpuMicros(server.pid)
  const loaded = await load(server, 1)
  const { calls, seconds } = loaded
  return { ...loaded, cpuMicrosPerCall: (cpuMicros(server.pid) - before) / calls, callsPerSecond: calls / seconds }
}

function summarize(name: string, turns: readonly MeasuredTurn[]): Row {
  return {
    name,
    turns,
    cpuMicrosPerCall: median(turns.map(({ cpuMicrosPerCall }) => cpuMicrosPerCall)),
    callsPerSecond: median(turns.map(({ callsPerSecond }) => callsPerSecond)),
    p50Millis: median(turns.map(({ p50Millis }) => p50Millis)),
    p99Millis: median(turns.map(({ p99Millis }) => p99Millis)),
    failures: turns.reduce((sum, { failures }) => sum + failures, 0),
  }
}
