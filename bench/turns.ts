import { type Load, load } from './load.ts'
import { cpuMicros, median } from './measure.ts'
import type { Server } from './program.ts'

/** One row of the table: the medians of a server's rounds. */
export interface Row {
  readonly name: string
  readonly cpuMicrosPerCall: number
  readonly callsPerSecond: number
  readonly p50Millis: number
  readonly p99Millis: number
  /** Of all rounds. */
  readonly failures: number
}

export interface Contender {
  readonly name: string
  readonly server: Server
}

export interface Pace {
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly rounds: number
}

interface Round extends Load {
  readonly cpuMicros: number
}

/**
 * Loads the contenders in turns (A B C A B C …), so that what else the machine does befalls all alike. All are running
 * throughout; who is not being called waits.
 */
export async function inTurns(contenders: readonly Contender[], pace: Pace): Promise<Row[]> {
  const rounds = contenders.map((): Round[] => [])
  for (const { server } of contenders) await load(server, pace.warmUpSeconds)
  for (let round = 0; round < pace.rounds; round++) {
    for (const [index, { server }] of contenders.entries()) rounds[index]?.push(await measure(server, pace.seconds))
  }
  return contenders.map(({ name }, index) => summarize(name, rounds[index] ?? []))
}

async function measure(server: Server, seconds: number): Promise<Round> {
  const before = cpuMicros(server.pid)
  const loaded = await load(server, seconds)
  return { ...loaded, cpuMicros: cpuMicros(server.pid) - before }
}

function summarize(name: string, rounds: readonly Round[]): Row {
  return {
    name,
    cpuMicrosPerCall: median(rounds.map(({ cpuMicros, calls }) => cpuMicros / calls)),
    callsPerSecond: median(rounds.map(({ calls, seconds }) => calls / seconds)),
    p50Millis: median(rounds.map(({ p50Millis }) => p50Millis)),
    p99Millis: median(rounds.map(({ p99Millis }) => p99Millis)),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  }
}
