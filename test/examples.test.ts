import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Gatehouse, startGatehouse } from './gatehouse.ts'
import { run, toolEnvironment } from './tools.ts'

/** Runs a script of `examples/` as its reader would. @returns the lines that it prints. */
async function example(gatehouse: Gatehouse, path: string): Promise<string[]> {
  const file = fileURLToPath(new URL(`../examples/${path}`, import.meta.url))
  const env = { ...toolEnvironment(), GATEHOUSE_URL: gatehouse.url }
  const { status, stdout, stderr } = await run(file, [], { env })
  assert.equal(status, 0, stderr)
  return stdout.trimEnd().split('\n')
}

describe('examples', () => {
  let gatehouse: Gatehouse
  before(async () => {
    gatehouse = await startGatehouse()
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  for (const round of ['first', 'second']) {
    test(`cli/items.sh gets the function's answer in its ${round} run`, async () => {
      const lines = await example(gatehouse, 'cli/items.sh')
      assert.deepEqual(lines, ['{"items":["book","pen"],"path":"/items"}'])
    })
  }

  test('petstore/petstore.sh gets the same answers of the API and of both its exports', async () => {
    const lines = await example(gatehouse, 'petstore/petstore.sh')
    const answers = lines.join('\n').split(/^(?:as imported|exported as .*):\n/m)
    assert.equal(answers.length, 4)
    for (const answer of answers.slice(1)) {
      assert.deepEqual(answer.trimEnd().split('\n'), [
        '<html><body><h1>Welcome to your Pet Store</h1></body></html>',
        '200 text/html',
        '[{"id":2,"type":"cat","price":124.99}]',
        '200 application/json',
        '{"id":3,"type":"fish","price":0.99}',
        '200 application/json',
        '{"message": "There is no pet 99"}',
        '404 application/json',
        '{"pet":{"type":"gecko","price":12.5},"message":"success"}',
        '200 application/json',
        '{"message": "Invalid request body"}',
        '400 application/json',
        'Access-Control-Allow-Headers: Content-Type,X-Amz-Date,Authorization,X-Api-Key',
        'Access-Control-Allow-Methods: POST,GET,OPTIONS',
        'Access-Control-Allow-Origin: *',
      ])
    }
  })

  test('boto3/hello.py gets the answer of a Python function and lists every API', async () => {
    const [answer, ...apis] = await example(gatehouse, 'boto3/hello.py')
    assert.equal(answer, '{"message": "Hello, Ada!"}')
    assert.deepEqual(apis.map((line) => line.replace(/ [a-z0-9]{10}$/, '')).sort(), [
      'PetStore',
      'PetStore',
      'PetStore',
      'hello',
      'items',
      'items',
    ])
  })

  for (const round of ['first', 'second']) {
    test(`cli/iam.sh is a user and then a role in its ${round} run`, async () => {
      assert.deepEqual(await example(gatehouse, 'cli/iam.sh'), [
        'arn:aws:iam::123456789012:user/alice',
        'AmazonAPIGatewayInvokeFullAccess',
        'arn:aws:iam::123456789012:role/visitor',
        'arn:aws:iam::123456789012:user/alice',
        'arn:aws:sts::123456789012:assumed-role/visitor/tour',
      ])
    })
  }

  test('cli/usage-plan.sh admits who has the key, up to a rate, and shows how many calls that were', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/usage-plan.sh'), [
      'without a key: {"message":"Forbidden"} 403',
      'with the key: {"forecast": "sun"} 200',
      'over the rate: 200 429',
      'get-usage shows each call that was admitted: 1000000 in all',
    ])
  })

  test('boto3/usage_plan.py does the same', async () => {
    assert.deepEqual(await example(gatehouse, 'boto3/usage_plan.py'), [
      'without a key: 403',
      'with the key: 200',
      'over the rate: 200 429',
      'get_usage shows each call that was admitted: 1000000 in all',
    ])
  })

  test('cli/proxy-and-mock.sh reaches a web server through the gateway, and a mock without one', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/proxy-and-mock.sh'), [
      '{"method":"GET","url":"/catalogue/books/42?page=2"}',
      '{"method":"DELETE","url":"/catalogue/books/42"}',
      '{"status": "ok"}',
    ])
  })

  test('cli/cache.sh asks its web server once for each product, until it is flushed or told to', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/cache.sh'), [
      'AVAILABLE',
      '{"product":"/lamp","answer":1}',
      '{"product":"/lamp","answer":1}',
      '{"product":"/chair","answer":2}',
      '{"product":"/lamp","answer":3}',
      '{"product":"/lamp","answer":4}',
      '{"product":"/lamp","answer":4}',
    ])
  })

  test('boto3/cache.py asks its web server once for each product, until it is flushed', async () => {
    assert.deepEqual(await example(gatehouse, 'boto3/cache.py'), [
      '0.5 AVAILABLE',
      '/lamp 1',
      '/lamp 1',
      '/chair 2',
      '/lamp 3',
    ])
  })

  test('cli/soap.sh gets JSON of a SOAP service', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/soap.sh'), [
      '{"price": 12.5, "currency": "EUR"} 200',
      '{"price": 3, "currency": "EUR"} 200',
      '{"error": "No price for unicorn"} 404',
      '{"message": "Unsupported Media Type"} 415',
    ])
  })

  test('cli/orders.sh gets statuses for the errors of a function, and a preflight without one', async () => {
    assert.deepEqual(await example(gatehouse, 'cli/orders.sh'), [
      '{"id": "ada-book-2"} 201 /orders/ada-book-2',
      '{"error": "BadRequest: quantity must be 1 or more"} 400 ',
      '{"error": "NotFound: there is no unicorn"} 404 ',
      '204 OPTIONS,POST',
    ])
  })

  test("cli/http-api.sh gets the function's answer of two HTTP APIs", async () => {
    assert.deepEqual(await example(gatehouse, 'cli/http-api.sh'), [
      '{"greeting":"Hello, world!","routeKey":"$default","rawPath":"/anywhere"}',
      '{"greeting":"Hello, Ada!","routeKey":"GET /hello/{name}","rawPath":"/hello/Ada"}',
    ])
  })
})
