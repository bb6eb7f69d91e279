import assert from 'node:assert/strict'
import type { PatchOperation } from '@aws-sdk/client-api-gateway'
import { replace } from '../client.ts'

type Answer = object

/** The life of one resource, as an infrastructure tool drives it, and what it must see at each step. */
export interface RoundTrip {
  create(): Promise<Answer>
  read(): Promise<Answer>
  /** Absent for what cannot be changed. */
  update?(patchOperations: PatchOperation[]): Promise<Answer>
  delete(): Promise<unknown>
  /** Everything that the create answers, but for `drawn`. */
  readonly created: object
  /** Members that only reads and updates have. */
  readonly alsoRead?: object
  /** Operations of which a second run changes nothing. */
  readonly patch?: PatchOperation[]
  /** Everything that is read after the patch, but for `drawn`. */
  readonly patched?: object
  /** Members that the gateway makes up: the same in every answer, except for `lastUpdatedDate`. */
  readonly drawn?: readonly string[]
  /** What comes of the same create again, where that makes no other resource: the name of a refusal, or `same`. */
  readonly again?: 'same' | 'ConflictException' | 'BadRequestException'
  /** What is read after the delete, where that is no refusal. */
  readonly reset?: object
}

/** Drives a resource through its life, and checks that what is read is always what was written. */
export async function drive(trip: RoundTrip): Promise<void> {
  const { drawn = [], created, alsoRead = {}, patch, patched = {} } = trip
  const first = await trip.create()
  const shows = async (answer: Promise<Answer>, expected: object, step: string) => {
    const { kept, rest } = split(await answer, drawn)
    assert.deepEqual(rest, expected, step)
    assert.deepEqual(kept, split(first, drawn).kept, step)
  }
  await shows(Promise.resolve(first), created, 'what the create answers')
  await shows(trip.read(), { ...created, ...alsoRead }, 'what is read after the create')
  if (trip.again === 'same') await shows(trip.create(), created, 'what the same create answers again')
  else if (trip.again) await assert.rejects(trip.create(), { name: trip.again }, 'the same create is refused')
  if (trip.update && patch) {
    await shows(trip.update([]), { ...created, ...alsoRead }, 'what an update without operations answers')
    const refused = trip.update([...patch, replace('/no/such/member', 'x')])
    await assert.rejects(refused, { name: 'BadRequestException' }, 'the last of several operations is refused')
    await shows(trip.read(), { ...created, ...alsoRead }, 'what is read after the refused update')
    await shows(trip.update(patch), patched, 'what the update answers')
    await shows(trip.read(), patched, 'what is read after the update')
    await shows(trip.update(patch), patched, 'what the same update answers again')
    await shows(trip.read(), patched, 'what is read after the same update')
  }
  await trip.delete()
  if (trip.reset) {
    await shows(trip.read(), trip.reset, 'what is read after the delete')
    return
  }
  await assert.rejects(trip.read(), { name: 'NotFoundException' }, 'a read after the delete')
  await assert.rejects(trip.delete(), { name: 'NotFoundException' }, 'a second delete')
}

/** Tells the members that the gateway draws from the others. */
function split(answer: Answer, drawn: readonly string[]) {
  const entries = Object.entries(answer).filter(([name]) => name !== '$metadata')
  const isDrawn = ([name]: [string, unknown]) => drawn.includes(name)
  const kept = entries.filter((entry) => isDrawn(entry) && entry[0] !== 'lastUpdatedDate')
  return {
    kept: Object.fromEntries(kept),
    rest: Object.fromEntries(entries.filter((entry) => !isDrawn(entry))),
  }
}
