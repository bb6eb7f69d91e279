import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { defaultLimits } from '../limits.ts'
import { Names } from '../runtime/names.ts'
import { Rendering } from '../runtime/rendering.ts'
import { ArrayList, HostError, type Value } from '../value.ts'
import { changingMethods } from './changing-methods.ts'
import { listMethods } from './list-methods.ts'
import { mapMethods } from './map-methods.ts'
import type { Methods } from './method.ts'

const list = () => ArrayList.of<Value>(3, 'a', null, 'a')
const map = () => new Map<string, Value>([['a', 1]])
const values = [0, 'a', 'b', null, ArrayList.of<Value>('a', 3), new Map<string, Value>([['b', 2]])]
const allArguments = [
  [],
  ...values.map((value) => [value]),
  ...values.flatMap((first) => values.map((second) => [first, second])),
]

/** The methods that some arguments make change what they are called on. */
function changing<Receiver extends Value>(methods: Methods<Receiver>, make: () => Receiver): readonly string[] {
  const isChanged = (name: string, given: readonly Value[]) => {
    const self = make()
    try {
      methods.get(name)?.(self, given, new Rendering(new Names(), new Map(), defaultLimits))
    } catch (error) {
      assert.ok(error instanceof HostError, String(error))
    }
    return !isDeepStrictEqual(self, make())
  }
  return [...methods.keys()].filter((name) => allArguments.some((given) => isChanged(name, given)))
}

test('names every method that changes a list or a map', () => {
  const found = new Set([...changing(listMethods, list), ...changing(mapMethods, map), 'setValue'])
  assert.deepEqual([...found].sort(), [...changingMethods].sort())
})
