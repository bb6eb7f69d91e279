import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RestIntegration, RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { deployed, fixedIds, type InvocationValues, invocation } from '../../fixtures.ts'
import type { IntegrationRequest } from '../backend.ts'
import { mock } from '../mock/mock.ts'
import { custom } from './custom.ts'

const ok: RestIntegrationResponse = { statusCode: '200', responseParameters: {}, responseTemplates: {} }
const failed = { type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' }
const json = (template: string) => ({ 'application/json': template })

/** Calls a backend that answers with `body`, between a request template and a response template. */
async function call(
  {
    request = '',
    response = '',
    body = '',
    ...settings
  }: Partial<RestIntegration> & {
    request?: string
    response?: string
    body?: string
  },
  values: InvocationValues = {},
) {
  let asked: IntegrationRequest | undefined
  const integration: Partial<RestIntegration> = {
    type: 'HTTP',
    httpMethod: 'POST',
    requestTemplates: json(request),
    responses: [{ ...ok, responseTemplates: json(response) }],
    ...settings,
  }
  const handler = custom(
    deployed(integration, { variables: { env: 'test' } }),
    (prepared) => {
      asked = prepared
      return { status: 200, selectionText: '200', headers: [], body: Buffer.from(body) }
    },
    fixedIds,
  )
  const reply = await handler(invocation(values))
  assert.ok(asked, 'the backend was not called')
  return { asked, reply }
}

describe('a request template', () => {
  test('makes the body of the call’s', async () => {
    const request = '{"id": "$input.params(\'petId\')", "name": $input.json(\'$.name\'), "env": "$stageVariables.env"}'
    const { asked } = await call({ request }, { body: '{"name": "Rex \\"R\\""}' })
    assert.equal(asked.body, '{"id": "1", "name": "Rex \\"R\\"", "env": "test"}')
  })

  test('sees an empty body as an empty object', async () => {
    const { asked } = await call({ request: '$input.body $input.json("$")' })
    assert.equal(asked.body, '{} {}')
  })

  test('overrides what is mapped', async () => {
    const request = `
      #set($context.requestOverride.header.x-kind = "dog")
      #set($context.requestOverride.header.X-New = ["a", "b"])
      #set($context.requestOverride.path.id = "42")
      #set($context.requestOverride.querystring.q = "$input.path('$.q')")
      {}`
    const requestParameters = {
      'integration.request.header.X-Kind': "'cat'",
      'integration.request.header.X-Kept': "'kept'",
      'integration.request.path.id': 'method.request.path.petId',
    }
    const { asked } = await call({ request, requestParameters }, { body: '{"q": "a&b"}' })
    assert.equal(String(asked.body).trim(), '{}')
    assert.deepEqual(
      [...asked.headers],
      [
        ['X-Kept', ['kept']],
        ['x-kind', ['dog']],
        ['X-New', ['a', 'b']],
      ],
    )
    assert.deepEqual([...asked.path], [['id', ['42']]])
    assert.deepEqual([...asked.querystring], [['q', ['a&b']]])
  })

  for (const name of ['Content-Length', 'transfer-encoding', 'X-Amzn-Trace-Id', 'X-Amzn-Apigateway-Api-Id', 'a b']) {
    test(`must not set the header ${name}`, async () => {
      const request = `#set($context.requestOverride.header['${name}'] = "1"){}`
      await assert.rejects(call({ request }), failed)
    })
  }

  test('must not break a header', async () => {
    const request = '#set($context.requestOverride.header.X = $input.path("$.a")){}'
    await assert.rejects(call({ request }, { body: '{"a": "b\\r\\nc"}' }), { status: 400, message: 'Bad Request' })
  })

  test('reads nothing of a body that is broken JSON', async () => {
    await assert.rejects(call({ request: '$input.json("$.a")' }, { body: '{"a"' }), { status: 400 })
  })

  for (const [name, request] of [
    ['does not parse', '#if('],
    [
      'loops without end',
      '#foreach($i in [1..100000])#foreach($j in [1..100000])#foreach($k in [1..100000])x#end#end#end',
    ],
    ['grows without end', '#set($s = "xxxxxxxxxx")#foreach($i in [1..1000])#set($s = "$s$s")#end$s'],
    ['calls itself', '#macro(m)#m()#end#m()'],
  ] as const) {
    test(`that ${name} is a 500`, async () => {
      const started = performance.now()
      await assert.rejects(call({ request }), failed)
      assert.ok(performance.now() - started < 5_000)
    })
  }
})

describe('a response template', () => {
  test('makes the body of the backend’s', async () => {
    const response = '#set($pet = $input.path("$"))<pet name="$pet.name" id="$input.params(\'petId\')"/>'
    const { reply } = await call({ response, body: '{"name": "Rex"}' })
    assert.equal(reply.body, '<pet name="Rex" id="1"/>')
  })

  test('overrides status and headers', async () => {
    const response =
      '#set($context.responseOverride.status = 404)#set($context.responseOverride.header.X-Why = "gone")' +
      '#set($context.responseOverride.header.x-kind = "override"){}'
    const responseParameters = { 'method.response.header.X-Kind': "'mapped'" }
    const responses = [{ ...ok, responseParameters, responseTemplates: json(response) }]
    const { reply } = await call({ responses })
    assert.deepEqual(
      [reply.status, reply.headers],
      [404, ['Content-Type', 'application/json', 'X-Why', 'gone', 'x-kind', 'override']],
    )
  })

  for (const status of ['99', '600', '101', '"no"']) {
    test(`does not set the status ${status}`, async () => {
      const { reply } = await call({ response: `#set($context.responseOverride.status = ${status}){}` })
      assert.equal(reply.status, 200)
    })
  }

  test('keeps what the request template has set', async () => {
    const request = '#set($context.responseOverride.status = 202)#set($context.responseOverride.header.X-A = "1"){}'
    const { reply } = await call({ request, response: '#set($context.responseOverride.header.X-B = "2"){}' })
    assert.deepEqual([reply.status, reply.headers.slice(2)], [202, ['X-A', '1', 'X-B', '2']])
  })

  test('is a 500 for a body that is broken JSON', async () => {
    await assert.rejects(call({ response: '$input.json("$.a")', body: '{"a"' }), failed)
  })
})

describe('MOCK with templates', () => {
  const mocked = (request: string, response: string) => {
    const responses = [
      { ...ok, responseTemplates: json(response) },
      {
        ...ok,
        statusCode: '404',
        selectionPattern: '404',
        responseTemplates: json('{"error": "no $input.params("petId")"}'),
      },
    ]
    return mock(deployed({ requestTemplates: json(request), responses }), fixedIds)
  }

  test('answers as the request asks', async () => {
    const handler = mocked('{"statusCode": #if($input.params("petId") == "7")404#{else}200#end}', '[$input.body]')
    const found = await handler(invocation({ pathValues: ['1'], body: '{"a": 1}' }))
    assert.deepEqual([found.status, found.body], [200, '[{}]'])
    const missing = await handler(invocation({ pathValues: ['7'] }))
    assert.deepEqual([missing.status, missing.body], [404, '{"error": "no 7"}'])
  })

  test('has no trace', async () => {
    const { headers } = await mocked('#set($s = 200){"statusCode": $s}', '$context.requestId')(invocation())
    assert.deepEqual(headers, ['Content-Type', 'application/json'])
  })

  test('is a 500 where nothing names a status', async () => {
    await assert.rejects(async () => mocked('{"statusCode": "$input.params("petId")"}', '')(invocation()), failed)
  })

  test('is a 500 for binary types, unless it is told to read text', async () => {
    const settings = { requestTemplates: json('{"statusCode": 200}'), responses: [ok] }
    const options = { binaryMediaTypes: ['*/*'] }
    await assert.rejects(async () => mock(deployed(settings, options), fixedIds)(invocation()), failed)
    const text = deployed({ ...settings, contentHandling: 'CONVERT_TO_TEXT' }, options)
    // Observed: an empty body in base64 is empty text, and the template does not read it.
    assert.equal((await mock(text, fixedIds)(invocation())).status, 200)
  })
})
