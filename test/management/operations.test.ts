import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as Sdk from '@aws-sdk/client-api-gateway'
import { clientsOf } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, recordAnswers } from './client.ts'
import { walkAccount } from './walks/account.ts'
import { walkDefinition } from './walks/definition.ts'
import { walkDeployment } from './walks/deployment.ts'
import { walkDocuments } from './walks/documents.ts'
import { walkDomains } from './walks/domains.ts'
import { walkTestAuthorizer } from './walks/test-authorizer.ts'
import { walkTestInvocation } from './walks/test-invocation.ts'
import { walkUsage } from './walks/usage.ts'

const walks = { walkAccount, walkDefinition, walkDeployment, walkDocuments, walkDomains, walkTestInvocation, walkUsage }

describe('every operation of the REST management API', () => {
  let gatehouse: Gatehouse
  let api: Sdk.APIGateway
  let answered: ReadonlySet<string>

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
    answered = recordAnswers(api)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  for (const [name, walk] of Object.entries(walks)) {
    test(`answers the SDK: ${name}`, () => walk(api))
  }

  test('answers the SDK: walkTestAuthorizer', () => walkTestAuthorizer(api, clientsOf(gatehouse.url)))

  test('is among those above', () => {
    const operations = Object.keys(Sdk)
      .filter((name) => name.endsWith('Command') && !name.startsWith('$'))
      .map((name) => name.slice(0, -'Command'.length))
    assert.equal(operations.length, 124)
    assert.deepEqual([...answered].sort(), operations.sort())
  })
})
