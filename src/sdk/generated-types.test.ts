import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { clientApiOf, folderOf, petStore } from './fixture.ts'
import { javascriptSdk } from './javascript/javascript-sdk.ts'
import { oddApi } from './odd-api.ts'
import { typescriptSdk } from './typescript/typescript-sdk.ts'

const compiler = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url))

/** What its author says about a file: `@ts-expect-error` over each line that must not compile. */
const caller = (packageName: string) => `import { apigClientFactory, type NewPet, type Pet } from '${packageName}'

const client = apigClientFactory.newClient({ apiKey: 'k', retry: { maxAttempts: 5 }, fetch })
const cat: NewPet = { kind: 'cat', price: 3 }
const created = await client.createPet({ 'X-Trace': 'a' }, cat, { headers: { a: 'b' }, queryParams: { c: [1, 2] } })
const pet: Pet = created.data
export const parents: (number | undefined)[] = [pet.id, pet.parent?.parent?.id]
export const page: Pet[] = (await client.petsGet({ page: 1, type: ['a', 'b'] })).data
await client.createPet({}, { kind: 'dog' })
await client.createPet(null, cat)
await client.rootGet()
await client.rootGet({}, {}, {})
// @ts-expect-error: no body
await client.createPet({})
// @ts-expect-error: a member is missing
await client.createPet({}, { price: 3 })
// @ts-expect-error: not one of the values
await client.createPet({}, { kind: 'cow' })
// @ts-expect-error: of another type
await client.createPet({}, { kind: 'dog', price: '3' })
// @ts-expect-error: misspelt
await client.createPet({}, { kind: 'dog', prize: 3 })
// @ts-expect-error: a parameter is missing
await client.petsPetIdGet({})
// @ts-expect-error: no parameters at all
await client.petsPetIdGet()
// @ts-expect-error: no such parameter
await client.petsGet({ page: 1, colour: 'red' })
// @ts-expect-error: ANY has no method
await client.anythingAny()
// @ts-expect-error: an answer has no such member
created.data.name
// @ts-expect-error: nothing is known of the answer
;(await client.rootGet()).data.id
`

const oddCaller = `import { apigClientFactory } from 'odd'

const client = apigClientFactory.newClient()
export const calls = [client.then_, client.delete, client.x, client.x2]
await client.bodiesPost({}, { 'a-b': ['"'], '\`': null })
await client.bodiesPost({}, 'a,b')
await client.bodiesPost({}, new Blob(['a,b']))
// @ts-expect-error: neither the model nor text
await client.bodiesPost({}, 3)
`

describe('the types of a generated client', () => {
  test('let a right call pass and reject a wrong one', async () => {
    await using folder = await folderOf({
      ...within('node_modules/pets-js', javascriptSdk(clientApiOf(petStore))),
      ...within('node_modules/pets-ts', typescriptSdk(clientApiOf(petStore))),
      ...within('node_modules/odd', javascriptSdk(oddApi)),
      'package.json': '{"type": "module"}',
      'pets-js.ts': caller('pets-js'),
      'pets-ts.ts': caller('pets-ts'),
      'odd.ts': oddCaller,
      'common.cts': `import pets = require('pets-js')\nexport const client: pets.ApigClient = pets.apigClientFactory.newClient()\n`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'esnext',
          strict: true,
          noEmit: true,
          types: [],
          lib: ['esnext', 'dom'],
        },
      }),
    })
    assert.equal(await compile(folder.path), '')
  })
})

function within(path: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${path}/${name}`, text]))
}

/** What the compiler complains about. */
function compile(cwd: string): Promise<string> {
  return new Promise((resolve) =>
    execFile(compiler, ['-p', '.'], { cwd }, (_error, stdout, stderr) => resolve(stdout + stderr)),
  )
}
