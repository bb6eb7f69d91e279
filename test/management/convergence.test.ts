import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect } from './client.ts'
import * as ofAccounts from './round-trips/account.ts'
import * as ofApis from './round-trips/apis.ts'
import * as ofChildren from './round-trips/children.ts'
import * as ofMethods from './round-trips/methods.ts'
import { drive } from './round-trips/round-trip.ts'
import * as ofStages from './round-trips/stages.ts'
import * as ofUsage from './round-trips/usage.ts'

describe('infrastructure tools read what they wrote', () => {
  let gatehouse: Gatehouse
  let api: APIGateway

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  const trips = { ...ofApis, ...ofMethods, ...ofChildren, ...ofStages, ...ofUsage, ...ofAccounts }
  for (const [name, prepare] of Object.entries(trips)) {
    test(name, async () => drive(await prepare(api)))
  }
})
