import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { collection, type Range, type Revision, type Store } from './store.ts'

/** A place for one test's data. */
export interface StorePlace {
  /** Opens the store of this place: called again after a `close`, it finds what was stored. */
  open(): Promise<Store>
  remove(): Promise<void>
}

interface Item {
  readonly value: unknown
}

const items = collection<Item>('items')
const others = collection<Item>('others')
const scope = '123456789012/us-east-1'

/** Declares the tests that every storage engine must pass. */
export function storeConformance(name: string, newPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    let place: StorePlace
    let store: Store

    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const put = (key: string, value: unknown = key) => store.write((tx) => tx.put(items, scope, key, { value }))
    const get = (key: string) => store.read((reader) => reader.get(items, scope, key))
    const keys = (range?: Range) =>
      store.read(async (reader) => (await reader.list(items, scope, range)).map((entry) => entry.key))

    describe('documents', () => {
      test('come back as they were stored', async () => {
        const value = { text: 'ü "\u0000" 🦄', number: -1.5e300, none: null, list: [true, [], {}] }
        await put('k', value)
        assert.deepEqual(await get('k'), { value })
      })

      test('that do not exist are undefined', async () => assert.equal(await get('missing'), undefined))

      test('are replaced whole', async () => {
        await store.write((tx) => tx.put(collection<object>('items'), scope, 'k', { value: 1, more: 2 }))
        await put('k', 3)
        assert.deepEqual(await get('k'), { value: 3 })
      })

      test('of other scopes and collections are apart', async () => {
        await store.write(async (tx) => {
          await tx.put(items, scope, 'k', { value: 'here' })
          await tx.put(items, '123456789012/eu-west-1', 'k', { value: 'another scope' })
          await tx.put(others, scope, 'k', { value: 'another collection' })
          await tx.deletePrefix(others, scope, '')
          await tx.delete(items, '123456789012/eu-west-1', 'k')
        })
        assert.deepEqual(await get('k'), { value: 'here' })
        assert.deepEqual(await store.read((reader) => reader.list(others, scope)), [])
      })

      test('are inserted once', async () => {
        const insert = (value: number) => store.write((tx) => tx.insert(items, scope, 'k', { value }))
        assert.deepEqual([await insert(1), await insert(2)], [true, false])
        assert.deepEqual(await get('k'), { value: 1 })
      })

      test('are deleted once', async () => {
        await put('k')
        const remove = () => store.write((tx) => tx.delete(items, scope, 'k'))
        assert.deepEqual([await remove(), await remove()], [true, false])
        assert.equal(await get('k'), undefined)
      })

      test('name every scope that holds one of the collection', async () => {
        await store.write(async (tx) => {
          for (const region of ['us-east-1', 'eu-west-1']) await tx.put(items, `1/${region}`, 'k', { value: 1 })
          await tx.put(others, '1/ap-south-1', 'k', { value: 1 })
        })
        const scopes = (of: typeof items) => store.read(async (reader) => (await reader.scopes(of)).sort())
        assert.deepEqual(await scopes(items), ['1/eu-west-1', '1/us-east-1'])
        assert.deepEqual(await scopes(collection('none')), [])
      })

      const lossy: readonly (readonly [string, unknown])[] = [
        ['a date', new Date(0)],
        ['bytes', Buffer.from('a')],
        ['a map', new Map()],
        ['not a number', Number.NaN],
        ['a bigint', 1n],
        ['a function', () => {}],
        ['undefined in an array', [undefined]],
      ]
      for (const [what, value] of lossy) {
        test(`with ${what} are refused`, async () => {
          await assert.rejects(put('k', { value }), { name: 'TypeError', message: /JSON data only/ })
          assert.equal(await get('k'), undefined)
        })
      }

      test('with a key that has no UTF-8 form are refused', async () => {
        await assert.rejects(put('a\ud800'), { name: 'TypeError' })
      })
    })

    describe('keys', () => {
      const sorted = [
        '',
        'A',
        'a',
        'a%',
        'a%b',
        'a/1',
        'a/10',
        'a/2',
        'a_',
        'ab',
        'é',
        '\ud7ff',
        '\ue000',
        '\uffff',
        '🦄',
      ]

      beforeEach(() =>
        store.write(async (tx) => {
          for (const key of sorted.toReversed()) await tx.put(items, scope, key, { value: key })
        }),
      )

      const ranges: readonly (readonly [Range | undefined, readonly string[]])[] = [
        [undefined, sorted],
        [{ prefix: 'a/' }, ['a/1', 'a/10', 'a/2']],
        [{ prefix: 'a/1' }, ['a/1', 'a/10']],
        [{ prefix: 'a%' }, ['a%', 'a%b']],
        [{ prefix: 'a_' }, ['a_']],
        [{ prefix: 'é' }, ['é']],
        [{ prefix: '\ud7ff' }, ['\ud7ff']],
        [{ prefix: '\uffff' }, ['\uffff']],
        [{ prefix: '\u{10ffff}' }, []],
        [{ limit: 2 }, ['', 'A']],
        [{ limit: 0 }, []],
        [{ after: 'é' }, ['\ud7ff', '\ue000', '\uffff', '🦄']],
        [{ after: '\uffff' }, ['🦄']],
        [{ after: 'a/', limit: 1 }, ['a/1']],
        [{ prefix: 'a/', after: 'a/1' }, ['a/10', 'a/2']],
        [{ prefix: 'a/', after: 'a/10', limit: 5 }, ['a/2']],
        [{ prefix: 'a/', after: 'A' }, ['a/1', 'a/10', 'a/2']],
        [{ prefix: 'a/', after: 'ab' }, []],
      ]
      for (const [range, expected] of ranges) {
        test(`list ${JSON.stringify(range) ?? 'all'}`, async () => assert.deepEqual(await keys(range), expected))
      }

      for (const prefix of ['a/', 'a%', 'a_', '\ud7ff', '']) {
        test(`that begin with "${prefix}" are deleted together`, async () => {
          await store.write((tx) => tx.deletePrefix(items, scope, prefix))
          assert.deepEqual(
            await keys(),
            sorted.filter((key) => !key.startsWith(prefix)),
          )
        })
      }
    })

    describe('blobs', () => {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)
      const getBlob = (blob: string) => store.read((reader) => reader.getBlob(blob))

      test('come back byte for byte', async () => {
        await store.write(async (tx) => {
          await tx.putBlob('b', bytes)
          await tx.putBlob('empty', new Uint8Array())
        })
        assert.deepEqual(await getBlob('b'), bytes)
        assert.deepEqual(await getBlob('empty'), new Uint8Array())
        assert.equal(await getBlob('missing'), undefined)
      })

      test('are kept when their name is stored again, and go when deleted', async () => {
        await store.write((tx) => tx.putBlob('b', bytes))
        await store.write((tx) => tx.putBlob('b', bytes))
        assert.deepEqual(await getBlob('b'), bytes)
        await store.write((tx) => tx.deleteBlob('b'))
        assert.equal(await getBlob('b'), undefined)
      })
    })

    describe('a write', () => {
      test('sees its own changes and returns what its work returns', async () => {
        const seen = await store.write(async (tx) => {
          await tx.put(items, scope, 'k', { value: 1 })
          await tx.putBlob('b', new Uint8Array([7]))
          return [await tx.get(items, scope, 'k'), (await tx.list(items, scope)).length, await tx.getBlob('b')]
        })
        assert.deepEqual(seen, [{ value: 1 }, 1, new Uint8Array([7])])
      })

      test('that throws leaves nothing', async () => {
        const revisions: Revision[] = []
        store.onRevision((revision) => revisions.push(revision))
        await put('kept')
        const failure = new Error('refused')
        const failing = store.write(async (tx) => {
          await tx.put(items, scope, 'k', { value: 1 })
          await tx.delete(items, scope, 'kept')
          await tx.putBlob('b', new Uint8Array([1]))
          await tx.revise('stage', scope, 'k')
          throw failure
        })
        await assert.rejects(failing, failure)
        assert.deepEqual(await keys(), ['kept'])
        assert.equal(await store.read((reader) => reader.getBlob('b')), undefined)
        assert.deepEqual(revisions, [])
      })

      test('that throws does not stop the next', async () => {
        const outcomes = await Promise.allSettled([
          store.write(() => {
            throw new Error('refused')
          }),
          put('k'),
        ])
        assert.deepEqual(
          outcomes.map((outcome) => outcome.status),
          ['rejected', 'fulfilled'],
        )
        assert.deepEqual(await keys(), ['k'])
      })

      test('runs alone: 50 writers at once count to 50', async () => {
        const increment = async () => {
          await store.write(async (tx) => {
            const count = Number((await tx.get(items, scope, 'count'))?.value ?? 0)
            await tx.put(items, scope, 'count', { value: count + 1 })
          })
        }
        await Promise.all(Array.from({ length: 50 }, increment))
        assert.deepEqual(await get('count'), { value: 50 })
      })

      test('is invisible to readers until it is committed', async () => {
        await put('k', 'before')
        const half = Promise.withResolvers<void>()
        const proceed = Promise.withResolvers<void>()
        const writing = store.write(async (tx) => {
          await tx.put(items, scope, 'k', { value: 'after' })
          half.resolve()
          await proceed.promise
        })
        await half.promise
        assert.deepEqual(await get('k'), { value: 'before' })
        proceed.resolve()
        await writing
        assert.deepEqual(await get('k'), { value: 'after' })
      })
    })

    test('a read keeps to one state while writers commit', async () => {
      await put('k', 'before')
      const begun = Promise.withResolvers<void>()
      const proceed = Promise.withResolvers<void>()
      const reading = store.read(async (reader) => {
        const first = await reader.get(items, scope, 'k')
        begun.resolve()
        await proceed.promise
        return [first, await reader.get(items, scope, 'k')]
      })
      await begun.promise
      await put('k', 'after')
      proceed.resolve()
      assert.deepEqual(await reading, [{ value: 'before' }, { value: 'before' }])
      assert.deepEqual(await get('k'), { value: 'after' })
    })

    describe('misuse is refused', () => {
      test('a transaction inside another', async () => {
        for (const [outer, inner] of [
          ['write', 'write'],
          ['write', 'read'],
          ['read', 'write'],
          ['read', 'read'],
        ] as const) {
          await assert.rejects(
            store[outer](() => store[inner](async () => 1)),
            /inside another/,
            `${inner} in ${outer}`,
          )
        }
        await put('k')
      })

      test('use of a transaction that has ended', async () => {
        const tx = await store.write(async (transaction) => transaction)
        const reader = await store.read(async (transaction) => transaction)
        await assert.rejects(tx.put(items, scope, 'k', { value: 1 }), /has ended/)
        await assert.rejects(tx.get(items, scope, 'k'), /has ended/)
        await assert.rejects(reader.list(items, scope), /has ended/)
        assert.deepEqual(await keys(), [])
      })
    })

    describe('revisions', () => {
      test('reach every listener in commit order, before the write resolves', async () => {
        const seen: string[] = []
        const ids: number[] = []
        store.onRevision(({ topic, key }) => seen.push(`${topic} ${key}`))
        store.onRevision(({ id }) => ids.push(id))
        const write = async (name: string) => {
          await store.write(async (tx) => {
            await tx.revise('stage', scope, `${name}1`)
            await tx.revise('function', scope, `${name}2`)
          })
          seen.push(`${name} resolved`)
        }
        await Promise.all([write('a'), write('b')])
        assert.deepEqual(
          seen.filter((entry) => !entry.endsWith('resolved')),
          ['stage a1', 'function a2', 'stage b1', 'function b2'],
        )
        assert.ok(seen.indexOf('a resolved') > seen.indexOf('function a2'))
        assert.ok(seen.indexOf('b resolved') > seen.indexOf('function b2'))
        assert.deepEqual(
          ids,
          ids.toSorted((a, b) => a - b),
        )
        assert.equal(new Set(ids).size, 4)
      })

      test('find what they tell of committed', async () => {
        const found: Promise<unknown>[] = []
        store.onRevision(({ key }) => found.push(get(key)))
        await store.write(async (tx) => {
          await tx.put(items, scope, 'k', { value: 1 })
          await tx.revise('stage', scope, 'k')
        })
        assert.deepEqual(await Promise.all(found), [{ value: 1 }])
      })

      test('have rising ids after a reopen', async () => {
        const ids: number[] = []
        const revise = (tx: { revise(topic: string, scope: string, key: string): Promise<void> }) =>
          tx.revise('stage', scope, 'k')
        store.onRevision(({ id }) => ids.push(id))
        await store.write(revise)
        await store.close()
        store = await place.open()
        store.onRevision(({ id }) => ids.push(id))
        await store.write(revise)
        assert.ok(Number(ids[1]) > Number(ids[0]), String(ids))
      })
    })

    describe('close', () => {
      test('waits for running work and keeps it', async () => {
        const writing = put('k')
        const reading = keys()
        await store.close()
        await Promise.all([writing, reading])
        store = await place.open()
        assert.deepEqual(await get('k'), { value: 'k' })
      })

      test('keeps documents and blobs for a reopen', async () => {
        await put('k', { deep: [1] })
        await store.write((tx) => tx.putBlob('b', new Uint8Array([1, 2])))
        await store.close()
        store = await place.open()
        assert.deepEqual(await get('k'), { value: { deep: [1] } })
        assert.deepEqual(await store.read((reader) => reader.getBlob('b')), new Uint8Array([1, 2]))
      })

      test('refuses later work, and may be repeated', async () => {
        await store.close()
        await assert.rejects(put('k'), /closed/)
        await assert.rejects(keys(), /closed/)
        await store.close()
      })
    })
  })
}
