import { median } from './measure.ts'
import type { Target } from './subject.ts'
import type { Row, Turn } from './turns.ts'

/** At most `factor` times the processor time per call of the peer. */
export function atMostTimes(factor: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const ratio = compared(own, peer, (mine, theirs) => mine.cpuMicrosPerCall / theirs.cpuMicrosPerCall)
  return {
    promise: `${own.name}: at most ${factor} times the CPU per call of ${peer.name}`,
    measured: `${ratio.toFixed(2)} times`,
    met: ratio <= factor,
  }
}

/** At most so many microseconds of processor time per call more than the peer. */
export function atMostMore(micros: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const more = compared(own, peer, (mine, theirs) => mine.cpuMicrosPerCall - theirs.cpuMicrosPerCall)
  return {
    promise: `${own.name}: at most ${micros} µs CPU per call more than ${peer.name}`,
    measured: `${more.toFixed(1)} µs`,
    met: more <= micros,
  }
}

/** At least `factor` times the calls per second of the peer. */
export function atLeastTimesTheCalls(factor: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const ratio = compared(own, peer, (mine, theirs) => mine.callsPerSecond / theirs.callsPerSecond)
  return {
    promise: `${own.name}: at least ${factor} times the calls per second of ${peer.name}`,
    measured: `${ratio.toFixed(1)} times`,
    met: ratio >= factor,
  }
}

/** The median of what is between the turns of a round, which the machine was nearly the same for. */
function compared(own: Row, peer: Row, between: (mine: Turn, theirs: Turn) => number): number {
  return median(
    own.turns.map((turn, i) => {
      const theirs = peer.turns[i]
      if (!theirs) throw new Error(`${own.name} and ${peer.name} did not take turns`)
      return between(turn, theirs)
    }),
  )
}

/** At most `limit` of `unit`. */
export function atMost(promise: string, limit: number, value: number, unit: string): Target {
  return {
    promise: `${promise}: at most ${limit} ${unit}`,
    measured: `${Math.round(value)} ${unit}`,
    met: value <= limit,
  }
}
