import { collection } from '../store.ts'
import { openSqliteStore } from './open.ts'

/** Started by `crash.test.ts`, which kills it: writes pairs of documents for ever and prints the number of each acknowledged pair. */
const [folder = '', first = '0'] = process.argv.slice(2)
const items = collection<{ readonly pair: number }>('items')
const store = await openSqliteStore(folder)

for (let pair = Number(first); ; pair++) {
  await store.write(async (tx) => {
    await tx.put(items, 'scope', `left/${pair}`, { pair })
    await tx.putBlob(`blob/${pair}`, new Uint8Array(5_000))
    await tx.put(items, 'scope', `right/${pair}`, { pair })
    await tx.revise('pair', 'scope', String(pair))
  })
  process.stdout.write(`${pair}\n`)
}
