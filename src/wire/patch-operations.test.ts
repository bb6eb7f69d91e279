import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  applyPatch,
  loosePaths,
  type PatchOperation,
  type PatchTable,
  replaceOnly,
  strictPaths,
} from './patch-operations.ts'
import { flag, mapEntry, nameInList, number, optionalText, text, valueInList, without } from './patch-rules.ts'
import { ServiceError } from './service-error.ts'

interface Thing {
  readonly name: string
  readonly description?: string
  readonly enabled: boolean
  readonly timeoutInMillis?: number
  readonly variables?: Readonly<Record<string, string>>
  readonly requestParameters?: Readonly<Record<string, boolean>>
  readonly binaryMediaTypes?: readonly string[]
  readonly scopes: readonly string[]
  readonly settings?: Readonly<Record<string, string>>
}

const thing: Thing = { name: 'a', description: 'b', enabled: true, scopes: ['s1'], variables: { color: 'red' } }

const absent = () => new ServiceError('NotFoundException', 'Invalid parameter name specified')
const table: PatchTable<Thing> = {
  refuse: strictPaths,
  rules: [
    text('/name', 'name'),
    { ...optionalText('/description', 'description'), remove: (record) => without(record, 'description') },
    flag('/enabled', 'enabled'),
    { ...number('/timeoutInMillis', 'timeoutInMillis', 'Invalid timeout'), refuse: replaceOnly },
    mapEntry('/variables/{name}', 'variables'),
    mapEntry('/requestParameters/{name}', 'requestParameters', { parse: (value) => value === 'true', absent }),
    nameInList('/binaryMediaTypes/{type}', 'binaryMediaTypes'),
    valueInList('/scopes', 'scopes'),
    {
      path: '/{path}/{verb}/metrics/enabled',
      replace: (record, { value = '' }, path: string, verb: string) => ({
        ...record,
        settings: { ...record.settings, [`${path} ${verb}`]: value },
      }),
    },
    { path: '/name', copy: (record, { from = '' }) => ({ ...record, name: from }) },
  ],
}

describe('applyPatch', () => {
  const cases: [string, PatchOperation[], Partial<Thing>][] = [
    ['replaces a text', [{ op: 'replace', path: '/name', value: 'z' }], { name: 'z' }],
    ['takes an absent text for the empty one', [{ op: 'replace', path: '/name' }], { name: '' }],
    ['reads a flag', [{ op: 'replace', path: '/enabled', value: 'false' }], { enabled: false }],
    ['reads a flag in any case', [{ op: 'replace', path: '/enabled', value: 'TRUE' }], { enabled: true }],
    ['counts a strange flag as false', [{ op: 'replace', path: '/enabled', value: 'yes' }], { enabled: false }],
    ['reads a number', [{ op: 'replace', path: '/timeoutInMillis', value: '50' }], { timeoutInMillis: 50 }],
    [
      'adds, replaces and removes map entries in order',
      [
        { op: 'add', path: '/variables/size', value: 'xl' },
        { op: 'replace', path: '/variables/shape', value: 'round' },
        { op: 'remove', path: '/variables/color' },
        { op: 'remove', path: '/variables/nothing' },
      ],
      { variables: { size: 'xl', shape: 'round' } },
    ],
    [
      'parses map values and unescapes names',
      [{ op: 'add', path: '/requestParameters/a~1b~0c~01', value: 'true' }],
      { requestParameters: { 'a/b~c~1': true } },
    ],
    [
      'edits a list by name',
      [
        { op: 'add', path: '/binaryMediaTypes/image~1png' },
        { op: 'add', path: '/binaryMediaTypes/image~1gif' },
        { op: 'replace', path: '/binaryMediaTypes/image~1png', value: '*/*' },
      ],
      { binaryMediaTypes: ['image/gif', '*/*'] },
    ],
    [
      'edits a list by value',
      [
        { op: 'add', path: '/scopes', value: 's2' },
        { op: 'add', path: '/scopes', value: 's2' },
        { op: 'remove', path: '/scopes', value: 's1' },
      ],
      { scopes: ['s2'] },
    ],
    [
      'hands several names to an action',
      [{ op: 'replace', path: '/~1pets/GET/metrics/enabled', value: 'true' }],
      { settings: { '/pets GET': 'true' } },
    ],
    ['copies', [{ op: 'copy', path: '/name', from: '/description' }], { name: '/description' }],
    ['does nothing without operations', [], {}],
  ]
  for (const [name, operations, changed] of cases) {
    test(name, () => assert.deepEqual(applyPatch(table, thing, operations), { ...thing, ...changed }))
  }

  test('clears an optional text with an empty value, and with remove', () => {
    const { description: _, ...rest } = thing
    assert.deepEqual(applyPatch(table, thing, [{ op: 'replace', path: '/description', value: '' }]), rest)
    assert.deepEqual(applyPatch(table, thing, [{ op: 'remove', path: '/description' }]), rest)
  })

  const paths = '/name, /description, /enabled, /timeoutInMillis, /variables/{name}, /requestParameters/{name}, '
  const refusals: [string, PatchOperation, string, string?][] = [
    [
      'an unknown path',
      { op: 'replace', path: '/nothing' },
      `Invalid patch path  '/nothing' specified for op 'replace'. Must be one of: [${paths}/binaryMediaTypes/{type}, /{path}/{verb}/metrics/enabled]`,
    ],
    [
      'an operation that another path supports',
      { op: 'copy', path: '/enabled' },
      "Invalid patch path  '/enabled' specified for op 'copy'. Must be one of: [/name]",
    ],
    [
      'an operation that no path supports',
      { op: 'move', path: '/name' },
      "Invalid patch path  '/name' specified for op 'move'. Please choose supported operations",
    ],
    [
      'a missing path',
      { op: 'test' },
      "Invalid patch path  'null' specified for op 'test'. Please choose supported operations",
    ],
    [
      'a missing op',
      { path: '/name' },
      "Invalid patch path  '/name' specified for op 'null'. Please choose supported operations",
    ],
    [
      'an operation that one path words itself',
      { op: 'add', path: '/timeoutInMillis' },
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    ['a number that is none', { op: 'replace', path: '/timeoutInMillis', value: '5s' }, 'Invalid timeout'],
    ['a number that is missing', { op: 'replace', path: '/timeoutInMillis' }, 'Invalid timeout'],
    [
      'an absent entry where the table says so',
      { op: 'replace', path: '/requestParameters/x', value: 'true' },
      'Invalid parameter name specified',
      'NotFoundException',
    ],
  ]
  for (const [name, operation, message, code = 'BadRequestException'] of refusals) {
    test(`refuses ${name} and changes nothing`, () => {
      const before = structuredClone(thing)
      const operations = [{ op: 'replace', path: '/name', value: 'changed' }, operation]
      assert.throws(() => applyPatch(table, thing, operations), { name: 'ServiceError', code, message })
      assert.deepEqual(thing, before)
    })
  }

  const loose: PatchTable<Thing> = { refuse: loosePaths, rules: [mapEntry('/variables/{name}', 'variables')] }
  for (const path of ['/variables', '/variables/', '/variables/a/b', 'variables/a', '/', '', undefined]) {
    test(`the loose kind refuses ${path}`, () => {
      const operation = { op: 'add', value: 'x', ...(path === undefined ? {} : { path }) }
      assert.throws(() => applyPatch(loose, thing, [operation]), { message: `Invalid patch path ${path ?? 'null'}` })
    })
  }
})
