import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { arnPrefix, type Files, startService } from './function-service.fixture.ts'

const bash = `#!/bin/bash
set -euo pipefail
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  headers=$(mktemp)
  event=$(curl -sS -LD "$headers" "$api/invocation/next")
  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  echo "bash got $event" > /dev/stderr
  if [[ $event == *fail* ]]; then
    curl -sS -H 'Lambda-Runtime-Function-Error-Type: Bash.Failed' "$api/invocation/$id/error" -d '{"errorType":"Bash.Failed","errorMessage":"as asked"}' >/dev/null
  else
    curl -sS "$api/invocation/$id/response" -d "{\\"bash\\":$event}" >/dev/null
  fi
done
`

const httpClient = `#!/usr/bin/env python3
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    answer = api.getresponse()
    event, id = answer.read(), answer.getheader("lambda-runtime-aws-request-id")
    # An iterator makes http.client send the body in chunks.
    api.request("POST", "/2018-06-01/runtime/invocation/" + id + "/response", body=iter([b'{"http":', event, b"}"]))
    assert api.getresponse().read() == b'{"status":"OK"}\\n'
`

const contextMembers = `
exports.handler = async (event, context) => {
  const remaining = context.getRemainingTimeInMillis()
  return { ...context, remaining, region: process.env.AWS_REGION, given: process.env.GIVEN, home: process.env.HOME }
}`

const pythonContext = `
import os
def handler(event, context):
    print("seen by", context.aws_request_id)
    return {"name": context.function_name, "version": context.function_version, "arn": context.invoked_function_arn,
      "memory": context.memory_limit_in_mb, "group": context.log_group_name, "custom": context.client_context.custom,
      "left": 0 < context.get_remaining_time_in_millis() <= 10000, "given": os.environ["GIVEN"], "home": os.environ.get("HOME")}
def fails(event, context):
    raise ValueError("bad " + event["what"])
def unserializable(event, context):
    return {1, 2}
def exits(event, context):
    os._exit(3)
def unicode(event, context):
    return event["text"] + "ü€"
`

describe('runtimes', () => {
  let pool: Awaited<ReturnType<typeof startService>>

  before(async () => {
    pool = await startService()
    const python = (name: string, handler: string) =>
      pool.version(name, { 'app.py': pythonContext }, { runtime: 'python3.12', handler, environment: { GIVEN: 'yes' } })
    pool.publish([
      pool.version('context', { 'index.js': contextMembers }, { environment: { GIVEN: 'yes' } }),
      python('py-context', 'app.handler'),
      python('py-fails', 'app.fails'),
      python('py-unserializable', 'app.unserializable'),
      python('py-exits', 'app.exits'),
      python('py-unicode', 'app.unicode'),
      pool.version('bash', { bootstrap: bash }, { runtime: 'provided.al2023' }),
      pool.version('http', { bootstrap: httpClient }, { runtime: 'provided.al2' }),
    ])
  })
  after(() => pool.stop())

  const clientContext = Buffer.from('{"custom":{"käse":1}}').toString('base64')

  test('Node.js handlers get their context', async () => {
    const { value, requestId } = await pool.invoke('context', {}, { clientContext })
    const { logStreamName, remaining, ...rest } = value as Record<string, unknown>
    assert.deepEqual(rest, {
      callbackWaitsForEmptyEventLoop: true,
      functionVersion: '$LATEST',
      functionName: 'context',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/context',
      clientContext: { custom: { käse: 1 } },
      invokedFunctionArn: `${arnPrefix}context`,
      awsRequestId: requestId,
      region: 'us-east-1',
      given: 'yes',
    })
    assert.match(String(logStreamName), /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    assert.ok(Number(remaining) > 9000 && Number(remaining) <= 10_000)
  })

  test('Python handlers get their context and print to the log', async () => {
    const { value, tail, requestId } = await pool.invoke('py-context', {}, { clientContext, tailLog: true })
    assert.deepEqual(value, {
      name: 'py-context',
      version: '$LATEST',
      arn: `${arnPrefix}py-context`,
      memory: '128',
      group: '/aws/lambda/py-context',
      custom: { käse: 1 },
      left: true,
      given: 'yes',
      home: null,
    })
    assert.match(
      tail,
      new RegExp(`^START RequestId: ${requestId} Version: .LATEST\\nseen by ${requestId}\\nEND RequestId`),
    )
  })

  test('Python errors are described', async () => {
    const { value, functionError, requestId } = await pool.invoke('py-fails', { what: 'luck' })
    assert.equal(functionError, 'Unhandled')
    const { stackTrace, ...rest } = value as { stackTrace: string[] }
    assert.deepEqual(rest, { errorMessage: 'bad luck', errorType: 'ValueError', requestId })
    assert.match(stackTrace.join(), /app\.py", line \d+, in fails\n {4}raise ValueError/)
    assert.match(await pool.log('py-fails'), /\[ERROR\] ValueError: bad luck\rTraceback/)
  })

  test('Python values that are not JSON are refused', async () => {
    const { value } = await pool.invoke('py-unserializable')
    const { errorType, errorMessage } = value as Record<string, unknown>
    assert.equal(errorType, 'Runtime.MarshalError')
    assert.equal(errorMessage, 'Unable to marshal response: Object of type set is not JSON serializable')
  })

  test('Python may end its process', async () => {
    const { value, requestId } = await pool.invoke('py-exits')
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`
    assert.deepEqual(value, { errorType: 'Runtime.ExitError', errorMessage })
  })

  test('text survives in every language', async () => {
    const text = 'zwölf € 😀 \u0000 \u2028'
    assert.equal((await pool.invoke('py-unicode', { text })).value, `${text}ü€`)
    assert.deepEqual((await pool.invoke('bash', { text: 'zwölf € 😀' })).value, { bash: { text: 'zwölf € 😀' } })
  })

  test('events and answers of megabytes pass', async () => {
    const text = 'ü'.repeat(2_000_000)
    assert.ok((await pool.invoke('py-unicode', { text })).value === `${text}ü€`)
    assert.ok((await pool.invoke('http', { text })).payload === `{"http":{"text":"${text}"}}`)
  })

  test('a bootstrap of bash and curl answers, fails and logs', async () => {
    const { tail, value } = await pool.invoke('bash', { n: 1 }, { tailLog: true })
    assert.deepEqual(value, { bash: { n: 1 } })
    assert.match(tail, /bash got {"n":1}\n/)
    const failed = await pool.invoke('bash', { fail: true })
    assert.deepEqual(failed.value, { errorType: 'Bash.Failed', errorMessage: 'as asked' })
    assert.equal(failed.functionError, 'Unhandled')
  })

  test('a bootstrap that needs a moment before it polls is waited for', async () => {
    for (let n = 0; n < 3; n++) assert.deepEqual((await pool.invoke('http', n)).value, { http: n })
    assert.equal((await pool.log('http')).match(/INIT_START/g)?.length, 1)
  })

  const inits: [
    name: string,
    files: Files,
    more: { runtime?: string; handler?: string },
    type: string,
    text: RegExp,
  ][] = [
    ['no-module', {}, {}, 'Runtime.ImportModuleError', /^Error: Cannot find module 'index'\nRequire stack:/],
    [
      'no-package',
      { 'index.js': 'require("absent")' },
      {},
      'Runtime.ImportModuleError',
      /^Error: Cannot find module 'absent'/,
    ],
    ['no-export', { 'index.js': '' }, {}, 'Runtime.HandlerNotFound', /^index\.handler is undefined or not exported$/],
    [
      'no-function',
      { 'index.js': 'exports.handler = 1' },
      {},
      'Runtime.HandlerNotFound',
      /^index\.handler is not a function$/,
    ],
    ['syntax', { 'index.js': 'const = 1' }, {}, 'Runtime.UserCodeSyntaxError', /^SyntaxError: Unexpected token '='$/],
    [
      'esm-syntax',
      { 'index.mjs': 'export const = 1' },
      {},
      'Runtime.UserCodeSyntaxError',
      /^SyntaxError: Unexpected token '='$/,
    ],
    ['init-throws', { 'index.js': 'throw new TypeError("at once")' }, {}, 'TypeError', /^at once$/],
    [
      'climbs',
      { 'index.js': '' },
      { handler: '../index.handler' },
      'Runtime.MalformedHandlerName',
      /is not a valid handler name/,
    ],
    [
      'init-exits',
      { 'index.js': 'process.exit(5)' },
      {},
      'Runtime.ExitError',
      /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 5$/,
    ],
    [
      'no-bootstrap',
      { 'x.txt': '' },
      { runtime: 'provided.al2023' },
      'Runtime.InvalidEntrypoint',
      /Couldn't find valid bootstrap\(s\): \[\/var\/task\/bootstrap \/opt\/bootstrap\]$/,
    ],
    [
      'no-right',
      { bootstrap: 'text' },
      { runtime: 'provided.al2023' },
      'Runtime.InvalidEntrypoint',
      /permission denied$/,
    ],
    [
      'py-no-module',
      {},
      { runtime: 'python3.12', handler: 'app.handler' },
      'Runtime.ImportModuleError',
      /^Unable to import module 'app': No module named 'app'$/,
    ],
    [
      'py-no-package',
      { 'app.py': 'import absent' },
      { runtime: 'python3.12', handler: 'app.handler' },
      'Runtime.ImportModuleError',
      /^Unable to import module 'app': No module named 'absent'$/,
    ],
    [
      'py-no-function',
      { 'app.py': '' },
      { runtime: 'python3.12', handler: 'app.handler' },
      'Runtime.HandlerNotFound',
      /^Handler 'handler' missing on module 'app'$/,
    ],
    [
      'py-syntax',
      { 'app.py': 'def' },
      { runtime: 'python3.12', handler: 'app.handler' },
      'Runtime.UserCodeSyntaxError',
      /^Syntax error in module 'app': invalid syntax/,
    ],
  ]
  for (const [name, files, more, type, text] of inits) {
    test(`start-up fails as on Lambda: ${name}`, async () => {
      pool.publish([pool.version(name, files, more)])
      const { value, functionError } = await pool.invoke(name)
      assert.equal(functionError, 'Unhandled')
      const { errorType, errorMessage } = value as Record<string, unknown>
      assert.equal(errorType, type)
      assert.match(String(errorMessage), text)
    })
  }
})
