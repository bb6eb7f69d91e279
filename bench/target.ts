import type { Target } from './subject.ts'
import type { Row } from './turns.ts'

/** At most `factor` times the processor time per call of the peer. */
export function atMostTimes(factor: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const ratio = own.cpuMicrosPerCall / peer.cpuMicrosPerCall
  return {
    promise: `${own.name}: at most ${factor} times the CPU per call of ${peer.name}`,
    measured: `${ratio.toFixed(2)} times`,
    met: ratio <= factor,
  }
}

/** At most so many microseconds of processor time per call more than the peer. */
export function atMostMore(micros: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const more = own.cpuMicrosPerCall - peer.cpuMicrosPerCall
  return {
    promise: `${own.name}: at most ${micros} µs CPU per call more than ${peer.name}`,
    measured: `${more.toFixed(1)} µs`,
    met: more <= micros,
  }
}

/** At least `factor` times the calls per second of the peer. */
export function atLeastTimesTheCalls(factor: number, own: Row | undefined, peer: Row | undefined): Target {
  if (!own || !peer) throw new Error('A row to compare is missing')
  const ratio = own.callsPerSecond / peer.callsPerSecond
  return {
    promise: `${own.name}: at least ${factor} times the calls per second of ${peer.name}`,
    measured: `${ratio.toFixed(1)} times`,
    met: ratio >= factor,
  }
}

/** At most `limit` of `unit`. */
export function atMost(promise: string, limit: number, value: number, unit: string): Target {
  return {
    promise: `${promise}: at most ${limit} ${unit}`,
    measured: `${Math.round(value)} ${unit}`,
    met: value <= limit,
  }
}
