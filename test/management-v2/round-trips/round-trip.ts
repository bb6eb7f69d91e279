import assert from 'node:assert/strict'

/** The life of one resource, as an infrastructure tool drives it, and what it must see at each step. */
export interface RoundTrip {
  create(): Promise<object>
  read(): Promise<object>
  /** Applies the changes; without them, an update that changes nothing. */
  update(isChanging: boolean): Promise<object>
  delete(): Promise<unknown>
  /** Everything that is read after the create, but for `drawn`. */
  readonly created: object
  /** Everything that is read after the update, but for `drawn`. */
  readonly updated: object
  /** Members that the gateway makes up: the same in every answer, except for `LastUpdatedDate`. */
  readonly drawn: readonly string[]
}

/** Drives a resource through its life, and checks that what is read is always what was written. */
export async function drive(trip: RoundTrip): Promise<void> {
  const { drawn, created, updated } = trip
  const first = await trip.create()
  const shows = async (answer: Promise<object>, expected: object, step: string) => {
    const { kept, rest } = split(await answer, drawn)
    assert.deepEqual(rest, expected, step)
    assert.deepEqual(kept, split(first, drawn).kept, step)
  }
  await shows(Promise.resolve(first), created, 'what the create answers')
  await shows(trip.read(), created, 'what is read after the create')
  await shows(trip.update(false), created, 'what an update without changes answers')
  await shows(trip.read(), created, 'what is read after an update without changes')
  for (const time of ['first', 'second']) {
    await shows(trip.update(true), updated, `what the ${time} update answers`)
    await shows(trip.read(), updated, `what is read after the ${time} update`)
  }
  await trip.delete()
  await assert.rejects(trip.read(), { name: 'NotFoundException' }, 'a read after the delete')
  await assert.rejects(trip.update(true), { name: 'NotFoundException' }, 'an update after the delete')
  await assert.rejects(trip.delete(), { name: 'NotFoundException' }, 'a second delete')
}

function split(answer: object, drawn: readonly string[]) {
  const entries = Object.entries(answer).filter(([name, value]) => name !== '$metadata' && value !== undefined)
  const isKept = ([name]: readonly [string, unknown]) => drawn.includes(name) && name !== 'LastUpdatedDate'
  return {
    kept: Object.fromEntries(entries.filter(isKept)),
    rest: Object.fromEntries(entries.filter(([name]) => !drawn.includes(name))),
  }
}
