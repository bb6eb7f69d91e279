import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Contract, Shape } from '../contract.ts'
import { loadContract } from '../load-contract.ts'
import { ServiceError } from '../service-error.ts'
import { serve } from '../testing/serve.ts'

const text: Shape = { type: 'string' }
const contract: Contract = {
  service: 'iam',
  sources: {},
  protocols: ['awsQuery'],
  signingName: 'iam',
  endpointPrefix: 'iam',
  apiVersion: '2010-05-08',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    Echo: { http: { method: 'POST', uri: '/', status: 200 }, input: 'All', output: 'All' },
    Silent: { http: { method: 'POST', uri: '/', status: 200 }, input: 'All' },
  },
  structures: {
    All: {
      members: {
        Name: { shape: text },
        Count: { shape: { type: 'integer' } },
        Flag: { shape: { type: 'boolean' } },
        At: { shape: { type: 'timestamp' } },
        Names: { shape: { type: 'list', item: text } },
        Items: { shape: { type: 'list', item: text, itemName: 'Item' } },
        Flat: { shape: { type: 'list', item: text }, flat: true, name: 'F' },
        Map: { shape: { type: 'map', key: { type: 'string' }, value: text } },
        FlatMap: {
          shape: { type: 'map', key: { type: 'string' }, value: text, keyName: 'K', valueName: 'V' },
          flat: true,
        },
        Inner: { shape: { type: 'structure', of: 'Inner' } },
      },
    },
    Inner: { members: { Name: { shape: text } } },
    GoneException: {
      members: { message: { shape: text }, Where: { shape: text } },
      error: { fault: 'client', status: 410, code: 'Gone' },
    },
    BrokenException: { members: {}, error: { fault: 'server', status: 503 } },
  },
}

/** Answers what arrives; `Silent` answers nothing, or the error that its input names. */
const operations = {
  Echo: async (input: unknown) => input,
  Silent: async ({ Name }: { Name?: string }) => {
    if (Name !== undefined) throw new ServiceError(Name, 'It is <gone>', { members: { Where: 'a & b' } })
  },
}

async function call(form: string, headers: Record<string, string> = {}): Promise<{ status: number; xml: string }> {
  await using served = await serve([{ contract, operations }])
  const response = await fetch(served.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
    body: form,
  })
  assert.equal(response.headers.get('content-type'), 'text/xml')
  const id = String(response.headers.get('x-amzn-requestid'))
  return { status: response.status, xml: (await response.text()).trim().replaceAll(id, 'ID') }
}

const result = (members: string) =>
  `<EchoResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${members === '' ? '<EchoResult/>' : `<EchoResult>${members}</EchoResult>`}<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></EchoResponse>`

describe('awsQuery', () => {
  const echoes: [what: string, parameters: string, members: string][] = [
    ['nothing', '', ''],
    ['a text with what XML reserves', 'Name=%3Ca%26b%3E%22%C3%A9', '<Name>&lt;a&amp;b&gt;&quot;é</Name>'],
    ['a text with what XML cannot hold', 'Name=a%00b%0D%0A', '<Name>a\ufffdb&#xD;\n</Name>'],
    ['an empty text', 'Name=', '<Name/>'],
    ['the first of equal names', 'Name=a&Name=b', '<Name>a</Name>'],
    ['a number', 'Count=-5', '<Count>-5</Count>'],
    ['a boolean', 'Flag=true', '<Flag>true</Flag>'],
    ['a time', 'At=2026-01-02T03:04:05Z', '<At>2026-01-02T03:04:05Z</At>'],
    ['a list', 'Names.member.1=a&Names.member.2=b', '<Names><member>a</member><member>b</member></Names>'],
    [
      'a list out of order',
      'Names.member.10=b&Names.member.2=a',
      '<Names><member>a</member><member>b</member></Names>',
    ],
    ['a list with a hole as large as can be', 'Names.member.999999999=a', '<Names><member>a</member></Names>'],
    ['an empty list', 'Names=', '<Names/>'],
    ['a list with items of another name', 'Items.Item.1=a', '<Items><Item>a</Item></Items>'],
    ['a flat list', 'F.1=a&F.2=b', '<F>a</F><F>b</F>'],
    ['a map', 'Map.entry.1.key=k&Map.entry.1.value=v', '<Map><entry><key>k</key><value>v</value></entry></Map>'],
    ['a flat map', 'FlatMap.1.K=k&FlatMap.1.V=v', '<FlatMap><K>k</K><V>v</V></FlatMap>'],
    ['a structure', 'Inner.Name=a', '<Inner><Name>a</Name></Inner>'],
    [
      'none of what the model does not have',
      'Other=1&Inner.Other=2&Names.member.x=3&__proto__.a=1',
      '<Inner/><Names/>',
    ],
  ]
  for (const [what, parameters, members] of echoes) {
    test(`reads and writes ${what}`, async () => {
      const { status, xml } = await call(`Action=Echo&Version=2010-05-08&${parameters}`)
      const expected = what.startsWith('none') ? result('<Names/><Inner/>') : result(members)
      assert.deepEqual({ status, xml }, { status: 200, xml: expected })
    })
  }

  test('reads the parameters of a query', async () => {
    await using served = await serve([{ contract, operations }])
    const response = await fetch(`${served.endpoint}/?Action=Echo&Version=2010-05-08&Name=a`)
    assert.match(await response.text(), /<EchoResult><Name>a<\/Name><\/EchoResult>/)
  })

  test('writes no result for an operation without output', async () => {
    const { xml } = await call('Action=Silent&Version=2010-05-08')
    assert.equal(
      xml,
      '<SilentResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></SilentResponse>',
    )
  })

  const error = (content: string) =>
    `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error>${content}</Error><RequestId>ID</RequestId></ErrorResponse>`
  const iam = { authorization: 'AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/iam/aws4_request, Signature=0' }
  const refusals: [what: string, form: string, status: number, content: string][] = [
    [
      'an exception under its wire name, with its members',
      'Action=Silent&Version=2010-05-08&Name=GoneException',
      410,
      '<Type>Sender</Type><Code>Gone</Code><Message>It is &lt;gone&gt;</Message><Where>a &amp; b</Where>',
    ],
    [
      'a fault of ours',
      'Action=Silent&Version=2010-05-08&Name=BrokenException',
      503,
      '<Type>Receiver</Type><Code>BrokenException</Code><Message>It is &lt;gone&gt;</Message>',
    ],
    [
      'an unknown action',
      'Action=Fly&Version=2010-05-08',
      400,
      '<Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation Fly for version 2010-05-08</Message>',
    ],
    [
      'an action of another version',
      'Action=Echo',
      400,
      '<Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation Echo for version NO_VERSION_SPECIFIED</Message>',
    ],
    [
      'the name of every object',
      'Action=constructor&Version=2010-05-08',
      400,
      '<Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation constructor for version 2010-05-08</Message>',
    ],
    [
      'no action',
      'Version=2010-05-08',
      400,
      '<Type>Sender</Type><Code>MissingAction</Code><Message>Missing Action</Message>',
    ],
    [
      'a number that is none',
      'Action=Echo&Version=2010-05-08&Count=x',
      400,
      '<Type>Sender</Type><Code>MalformedInput</Code><Message>&apos;x&apos; can not be converted to an Integer</Message>',
    ],
    [
      'a form beyond all measure',
      `Action=Echo&Version=2010-05-08&Name=${'x'.repeat(1_048_576)}`,
      413,
      '<Type>Sender</Type><Code>RequestEntityTooLarge</Code><Message>The request is too large</Message>',
    ],
  ]
  for (const [what, form, status, content] of refusals) {
    test(`answers ${what}`, async () => {
      assert.deepEqual(await call(form, iam), { status, xml: error(content.replaceAll('&apos;', "'")) })
    })
  }

  test('is bounded in names of many parts', async () => {
    const { status } = await call(`Action=Echo&Version=2010-05-08&${'a.'.repeat(400_000)}=1`)
    assert.equal(status, 200)
  })

  test('tells services of equal actions apart by their versions, without a credential', async () => {
    const other = { ...loadContract('sts'), operations: contract.operations, structures: contract.structures }
    const reply = (text: string) => ({ Echo: async () => ({ Name: text }) })
    await using served = await serve([
      { contract, operations: reply('iam') },
      { contract: other, operations: reply('sts') },
    ])
    for (const [version, name] of [
      ['2010-05-08', 'iam'],
      ['2011-06-15', 'sts'],
    ]) {
      const body = new URLSearchParams({ Action: 'Echo', Version: String(version) })
      assert.match(await (await fetch(served.endpoint, { method: 'POST', body })).text(), new RegExp(`<Name>${name}<`))
    }
  })
})
