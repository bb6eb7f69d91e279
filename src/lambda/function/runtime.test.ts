import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkArchitecture, checkRuntime, runtimes } from './runtime.ts'

describe('checkRuntime', () => {
  for (const runtime of runtimes) test(`accepts ${runtime}`, () => checkRuntime(runtime))

  for (const runtime of ['java25', 'dotnet10', 'ruby3.4', 'go1.x', 'nodejs14.x', 'python3.7', 'provided']) {
    test(`refuses ${runtime}, naming what runs`, () => {
      const message = new RegExp(
        `^The runtime ${runtime} is not supported. Supported runtimes: nodejs18.x to nodejs26.x, `,
      )
      assert.throws(() => checkRuntime(runtime), { code: 'InvalidParameterValueException', message })
    })
  }

  test("refuses an unknown name in Lambda's words", () => {
    assert.throws(() => checkRuntime('cobol1.x'), {
      code: 'InvalidParameterValueException',
      message:
        /^Value cobol1\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs26\.x, .*\] or be a valid ARN$/,
    })
  })
})

describe('checkArchitecture', () => {
  test('lets scripts run anywhere', () => checkArchitecture('python3.13', 'arm64', 'x86_64'))
  test('lets a bootstrap run on its own machine', () => checkArchitecture('provided.al2', 'arm64', 'arm64'))
  test('refuses a bootstrap for another machine', () =>
    assert.throws(() => checkArchitecture('provided.al2', 'x86_64', 'arm64'), {
      code: 'InvalidParameterValueException',
      message: 'Architectures [x86_64] with runtime provided.al2 cannot run on this machine: use [arm64].',
    }))
})
