import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectV2 } from '../http-apis/client.ts'
import * as ofApis from './round-trips/apis.ts'
import * as ofAuthorizers from './round-trips/authorizers.ts'
import * as ofIntegrations from './round-trips/integrations.ts'
import { drive } from './round-trips/round-trip.ts'
import * as ofRoutes from './round-trips/routes.ts'
import * as ofStages from './round-trips/stages.ts'

describe('infrastructure tools read of HTTP APIs what they wrote', () => {
  let gatehouse: Gatehouse
  let api: ApiGatewayV2

  before(async () => {
    gatehouse = await startGatehouse()
    api = connectV2(gatehouse.url)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  const trips = { ...ofApis, ...ofIntegrations, ...ofAuthorizers, ...ofRoutes, ...ofStages }
  for (const [name, prepare] of Object.entries(trips)) {
    test(name, async () => drive(await prepare(api)))
  }
})
