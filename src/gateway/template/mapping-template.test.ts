import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GatewayError } from '../error.ts'
import { deployed, type InvocationValues, invocation } from '../fixtures.ts'
import { Payload } from '../mapping/payload.ts'
import { compileMappingTemplate, type Rendered } from './mapping-template.ts'
import { noOverrides } from './overrides.ts'

interface Given extends InvocationValues {
  readonly body?: string
  readonly what?: 'request' | 'response'
  readonly overrides?: Rendered['overrides']
}

const place = deployed({}, { path: '/pets/{petId}', variables: { size: 'XL', url: 'example.com' } })
const values = { pathValues: ['a%2Fb'], query: 'q=1&q=2&empty=&x=a+b', headers: ['X-Tenant', 'acme', 'Accept', '*/*'] }

function rendered(source: string, { body = '', what = 'request', overrides = noOverrides, ...given }: Given = {}) {
  const template = compileMappingTemplate(source, place, what)
  return template.render({ payload: new Payload(body), invocation: invocation({ ...values, ...given }), overrides })
}

function table(cases: readonly (readonly [source: string, expected: string, body?: string])[]) {
  for (const [source, expected, body = ''] of cases) {
    test(`${source} of ${body || 'no body'}`, () => assert.equal(rendered(source, { body }).text, expected))
  }
}

const pets = '{"pets":[{"name":"Rex","age":3},{"name":"Tom"}],"total":2.50,"open":null,"id":12345678901234567890}'

describe('a text that a template evaluates reads what the template does not name', () => {
  table([
    ['#set($x = \'$con\')#evaluate("${x}text.stage")', 'dev'],
    ['#set($x = \'$stageVar\')#evaluate("${x}iables.size")', 'XL'],
    ["#set($x = '$in')#evaluate(\"${x}put.params('petId')\")", 'a%2Fb'],
  ])
})

describe('$input', () => {
  describe('body', () =>
    table([
      ['$input.body', pets, pets],
      ['$input.body', '{}'],
      ['$input.body', 'a=1&b=2', 'a=1&b=2'],
    ]))
  describe('json', () =>
    table([
      ["$input.json('$')", '{"a":[1,2.5,"x/y",null]}', '{"a": [1, 2.50, "x/y", null]}'],
      ["$input.json('$.pets[0]')", '{"name":"Rex","age":3}', pets],
      ["$input.json('pets[1].name')", '"Tom"', pets],
      ["$input.json('$.id')", '12345678901234567890', pets],
      ["$input.json('$.open')", 'null', pets],
      ["$input.json('$.none')", '""', pets],
      ["$input.json('$..age')", '[3]', pets],
      ["$input.json('$.pets[?(@.age > 7)]')", '[]', pets],
      ["$input.json('$')", '{}'],
      ["$input.json('$.a')", '""'],
      ["$input.json('$')", '"a=1&b=2"', 'a=1&b=2\n'],
      ["$input.json('$')", '7', ' 7 '],
      ['[$input.json()][$input.json(1)]', '[][]'],
    ]))
  describe('path', () =>
    table([
      ["$input.path('$')", '{a=1, b=[{"c":2}], d={e=null}}', '{"a":1,"b":[{"c":2}],"d":{"e":null}}'],
      ["$input.path('$.pets')", '[{"name":"Rex","age":3},{"name":"Tom"}]', pets],
      ["$input.path('$.pets').size() $input.path('$.total')", '2 2.5', pets],
      ["$input.path('$').pets[1].name", 'Tom', pets],
      ["$input.path('$').keySet()", '[pets, total, open, id]', pets],
      ["[$input.path('$.none')][$input.path('$').none][$input.path('$.open')]", '[][][]', pets],
      ["#if($input.path('$.none'))there#{else}missing#end", 'missing', pets],
      ["[$input.path('$')]#if(!$input.path('$'))missing#end", '[]missing'],
      ["#foreach($part in $input.path('$').split('&'))<$part>#end", '<a=1><b=2>', 'a=1&b=2'],
      ["#set($input.path('$').added = 1)$input.json('$')", '{"a":0,"added":1}', '{"a":0}'],
    ]))
  describe('params', () =>
    table([
      ["$input.params('petId')", 'a%2Fb'],
      ["$input.params('q') $input.params('x')", '2 a b'],
      ["$input.params('X-Tenant') [$input.params('x-tenant')]", 'acme []'],
      ["[$input.params('none')][$input.params('empty')]", '[][]'],
      ['$input.params().keySet()', '[path, querystring, header]'],
      ["$input.params().header.get('X-Tenant') $input.params().path.petId", 'acme a%2Fb'],
      ["$input.params('header')", ''],
    ]))
  test('shows no header that concerns the connection alone', () => {
    const headers = ['Expect', '100-continue', 'X-A', 'b', 'Content-Length', '7', 'TE', 'trailers']
    assert.equal(rendered("[$input.params('Expect')]$input.params().header", { headers }).text, '[]{X-A=b}')
  })
  test('prefers the path to the query, and the query to the headers', () => {
    const given = { query: 'petId=2&X-A=query', headers: ['petId', '3', 'X-A', 'header'] }
    assert.equal(rendered("$input.params('petId') $input.params('X-A')", given).text, 'a%2Fb query')
  })
  describe('has nothing else', () => table([['[$input.foo][$input.foo.bar][$input.keySet()]', '[][][]']]))
})

describe('$util', () =>
  table([
    ["$util.escapeJavaScript('a\"b/c')", 'a\\"b\\/c'],
    ["$util.escapeJavaScript($input.params('none'))", ''],
    ['$util.parseJson($input.body).pets[0].name', 'Rex', pets],
    ["$util.urlEncode('a b&c') $util.urlDecode('a+b%26c')", 'a+b%26c a b&c'],
    ["$util.base64Encode('hé') $util.base64Decode('aMOp')", 'aMOp hé'],
    ["[$util.none('x')][$util.urlEncode()]", '[][]'],
  ]))

describe('$context', () => {
  const cases: [variable: string, expected: string][] = [
    ['accountId', '123456789012'],
    ['apiId', 'abc123'],
    ['deploymentId', 'dep123'],
    ['domainName', 'abc123.execute-api.us-east-1.amazonaws.com'],
    ['domainPrefix', 'abc123'],
    ['extendedRequestId', 'AbCdEfGhIjKlMnO='],
    ['httpMethod', 'GET'],
    ['identity.sourceIp', '203.0.113.9'],
    ['identity.user', ''],
    ['path', '/dev/pets/1'],
    ['protocol', 'HTTP/1.1'],
    ['requestId', '11111111-2222-3333-4444-555555555555'],
    ['resourceId', 'res456'],
    ['resourcePath', '/pets/{petId}'],
    ['stage', 'dev'],
    ['authorizer.claims.sub', ''],
    ['error.message', ''],
    ['none', ''],
    ['constructor', ''],
  ]
  for (const [variable, expected] of cases) {
    test(`${variable} is ${expected || 'empty'}`, () => assert.equal(rendered(`$context.${variable}`).text, expected))
  }
  test('requestTimeEpoch is a number', () => {
    const text = rendered('#set($seconds = $context.requestTimeEpoch / 1000)$seconds $context.requestTimeEpoch').text
    assert.match(text, /^(\d{10}) \1\d{3}$/)
  })
  test('identity is a map of what is known', () => {
    const text = rendered('#foreach($key in $context.identity.keySet())$key=$context.identity.get($key);#end', {
      headers: ['User-Agent', 'tests'],
    }).text
    assert.equal(text, 'sourceIp=203.0.113.9;userAgent=tests;')
  })
})

describe('$stageVariables', () => {
  table([
    [
      "$stageVariables.size $stageVariables['size'] ${stageVariables['url']} ${stageVariables.size}",
      'XL XL example.com XL',
    ],
    ["[$stageVariables.none][${stageVariables['none']}]", '[][]'],
    ['#foreach($name in $stageVariables.keySet())$name=$stageVariables.get($name);#end', 'size=XL;url=example.com;'],
  ])
  test('are the same for each call, whatever a template does', () => {
    const template = compileMappingTemplate("$stageVariables.put('size', 'S')$stageVariables.size", place, 'request')
    const data = { payload: new Payload(''), invocation: invocation(), overrides: noOverrides }
    assert.equal(template.render(data).text, 'XLS')
    assert.equal(template.render(data).text, 'XLS')
  })
})

describe('overrides', () => {
  test('of a request: headers, path and query, one value or several', () => {
    const { text, overrides } = rendered(`
      #set($context.requestOverride.header.x-one = "1")
      #set($context.requestOverride.header.x-many = ["a", "b", 3])
      #set($context.requestOverride.header['X-Quoted'] = "q")
      #set($context.requestOverride.path.petId = $input.params('X-Tenant'))
      #set($context.requestOverride.querystring.limit = 10)
      sent`)
    assert.equal(text.trim(), 'sent')
    assert.deepEqual(overrides.request, {
      header: new Map([
        ['x-one', ['1']],
        ['x-many', ['a', 'b', '3']],
        ['X-Quoted', ['q']],
      ]),
      path: new Map([['petId', ['acme']]]),
      querystring: new Map([['limit', ['10']]]),
    })
    assert.deepEqual(overrides.response, noOverrides.response)
  })

  const statuses: [value: string, status: number | undefined][] = [
    ['400', 400],
    ['"404"', 404],
    ['599', 599],
    ['99', undefined],
    ['600', undefined],
    ['40.5', undefined],
    ['"Bad Request"', undefined],
    ['true', undefined],
  ]
  for (const [value, status] of statuses) {
    test(`of a response: the status ${value} is ${status ?? 'ignored'}`, () => {
      const { overrides } = rendered(`#set($context.responseOverride.status = ${value})`)
      assert.equal(overrides.response.status, status)
    })
  }
  test('of a response: headers', () => {
    const { overrides } = rendered("#set($context.responseOverride.header.Content-Type = 'text/plain')")
    assert.deepEqual(overrides.response.header, new Map([['Content-Type', ['text/plain']]]))
  })

  test('are read by later templates of the call, whatever they are', () => {
    const first = rendered("#set($context.requestOverride.path.stash = $input.path('$'))", { body: '{"a":{"b":1}}' })
    assert.deepEqual(first.overrides.request.path, new Map())
    const second = rendered('$context.requestOverride.path.stash.a.b#set($context.responseOverride.status = 201)', {
      what: 'response',
      overrides: first.overrides,
    })
    assert.equal(second.text, '1')
    assert.equal(second.overrides.response.status, 201)
    assert.equal(first.overrides.response.status, undefined)
  })
  test('a response may override what the request did', () => {
    const { overrides } = rendered('#set($context.responseOverride.status = 400)')
    const later = rendered('#set($context.responseOverride.status = 409)', { what: 'response', overrides })
    assert.equal(later.overrides.response.status, 409)
  })
  test('take each parameter once', () => {
    const twice = '#set($context.requestOverride.header.a = "1")#set($context.requestOverride.header.a = "2")'
    assert.throws(() => rendered(twice), { type: 'API_CONFIGURATION_ERROR' })
  })
  test('leave what was set alone where nothing is set', () => {
    assert.equal(rendered('plain').overrides, noOverrides)
    assert.equal(rendered('$context.requestOverride.header.x').overrides, noOverrides)
  })
})

describe('a body that begins like JSON and is none', () => {
  for (const body of ['{', '[1,', '"open', "'single'", ' {"a":1}}']) {
    test(`${body} ends a request with 400, where it is read`, () => {
      const error = { type: 'DEFAULT_4XX', status: 400, message: 'Invalid JSON in request body' }
      assert.throws(() => rendered("$input.json('$')", { body }), error)
      assert.throws(() => rendered("$input.path('$.a')", { body }), error)
      assert.equal(rendered('[$input.body]', { body }).text, `[${body}]`)
    })
    test(`${body} ends a response with 500`, () => {
      assert.throws(() => rendered("$input.json('$')", { body, what: 'response' }), { type: 'API_CONFIGURATION_ERROR' })
    })
  }
})

describe('a template that fails', () => {
  const cases: [source: string, cause: RegExp][] = [
    ['#if(true', /line 1/],
    ['a\n#foreach($x in', /line 2/],
    ["$input.json('$.a[x]')", /offset 4 at line 1, column/],
    ["$input.path('$.sum()')", /no numbers/],
    ["$util.parseJson('{')", /no JSON/],
    ["$util.urlDecode('%zz')", /escape/],
  ]
  for (const [source, cause] of cases) {
    test(source, () => {
      assert.throws(
        () => rendered(source, { what: 'response', body: '{"a":[]}' }),
        (error) => {
          assert.ok(error instanceof GatewayError)
          assert.equal(error.type, 'API_CONFIGURATION_ERROR')
          assert.equal(error.message, 'Internal server error')
          assert.equal(error.detail, 'Execution failed due to configuration error: Unable to transform response')
          assert.ok(error.cause instanceof Error)
          assert.match(error.cause.message, cause)
          return true
        },
      )
    })
  }
})

describe('a template with a large body ends in time', () => {
  const large = JSON.stringify({ list: Array.from({ length: 200_000 }, (_, at) => ({ at, text: "it's text" })) })
  const wide = `${'['.repeat(200)}${JSON.stringify('x'.repeat(1_000_000))}${']'.repeat(200)}`
  const cases: [source: string, body: string][] = [
    ["#foreach($i in [1..1000])#set($x = $input.json('$'))#end", large],
    ["#foreach($i in [1..1000])#set($x = $input.path('$..none'))#end", large],
    ['#foreach($i in [1..1000])#set($x = $util.escapeJavaScript($input.body))#end', large],
    ['#foreach($i in [1..1000])#set($x = $util.parseJson($input.body))#end', large],
    ["$input.json('$..*')", wide],
  ]
  for (const [source, body] of cases) {
    test(source, () => {
      const started = performance.now()
      assert.throws(() => rendered(source, { body }), { type: 'API_CONFIGURATION_ERROR' })
      assert.ok(performance.now() - started < 5_000)
    })
  }
})

describe('a template', () => {
  test('is trimmed', () => assert.equal(rendered('\n  {"a": 1}\n\n').text, '{"a": 1}'))
  test('parses a body once', () => {
    const payload = new Payload('{"a":{"b":1}}')
    const template = compileMappingTemplate("$input.path('$.a')", place, 'request')
    template.render({ payload, invocation: invocation(), overrides: noOverrides })
    assert.equal(payload.document, payload.json)
  })
  test('keeps a bounded number of paths', () => {
    const source = "#foreach($i in [1..900])#set($path = '$.a' + $i)#set($x = $input.json($path))#end$x"
    assert.equal(rendered(source, { body: '{"a900":"last"}' }).text, '"last"')
  })
  test("makes the whole request of AWS's own passthrough template", () => {
    const source = `#set($allParams = $input.params())
{
"body-json" : $input.json('$'),
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
},
"stage-variables" : {
#foreach($key in $stageVariables.keySet())
"$key" : "$util.escapeJavaScript($stageVariables.get($key))"
    #if($foreach.hasNext),#end
#end
},
"context" : {
    "account-id" : "$context.identity.accountId",
    "api-id" : "$context.apiId",
    "authorizer-principal-id" : "$context.authorizer.principalId",
    "source-ip" : "$context.identity.sourceIp",
    "resource-path" : "$context.resourcePath"
    }
}`
    assert.deepEqual(JSON.parse(rendered(source, { body: '{"a":1}' }).text), {
      'body-json': { a: 1 },
      params: {
        path: { petId: 'a%2Fb' },
        querystring: { q: '2', empty: '', x: 'a b' },
        header: { 'X-Tenant': 'acme', Accept: '*/*' },
      },
      'stage-variables': { size: 'XL', url: 'example.com' },
      context: {
        'account-id': '',
        'api-id': 'abc123',
        'authorizer-principal-id': '',
        'source-ip': '203.0.113.9',
        'resource-path': '/pets/{petId}',
      },
    })
  })
})
