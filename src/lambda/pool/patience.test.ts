import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { patienceMs } from './patience.ts'

interface Case {
  readonly idle: number
  readonly busy: number
  readonly starting: number
  readonly brief: boolean
  readonly isFull: boolean
}

const cases: readonly (readonly [string, Partial<Case>, number])[] = [
  ['not at all where there is none yet', {}, 0],
  ['not at all while too few are busy', { busy: 1, brief: true }, 0],
  ['for a moment when enough are busy and the function is brief', { busy: 2, brief: true }, 50],
  ['for a moment even beside an idle one', { idle: 1, busy: 2, brief: true }, 50],
  ['not at all when the function takes its time', { busy: 2 }, 0],
  ['for long while enough of them start', { busy: 2, starting: 2 }, 1_000],
  ['not for those that start when one is idle', { idle: 1, busy: 2, starting: 2 }, 0],
  ['for long where there is no room and the function is brief', { isFull: true, brief: true }, 1_000],
  ['not at all where there is no room and the function takes its time', { isFull: true, busy: 2 }, 0],
  ['not for room when one is idle', { isFull: true, idle: 1, brief: true }, 0],
]

describe('work waits for an environment', () => {
  for (const [title, { idle = 0, busy = 0, starting = 0, brief = false, isFull = false }, expected] of cases) {
    test(title, () =>
      assert.equal(patienceMs({ idle: { size: idle }, busy, starting }, brief, { enoughBusy: 2, isFull }), expected),
    )
  }
})
