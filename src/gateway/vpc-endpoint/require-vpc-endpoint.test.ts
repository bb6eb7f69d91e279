import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deployed, invocation } from '../fixtures.ts'
import { requireVpcEndpoint } from './require-vpc-endpoint.ts'

const reply = { status: 200, headers: [], body: '' }
const next = () => reply
const method = deployed({})
const privately = { ...method, stage: { ...method.stage, privateEndpoint: { vpcEndpointIds: [] } } }
const vpcEndpoint = { vpcEndpointId: 'vpce-0a1', vpcId: 'vpc-0a1', region: 'us-east-1' }

describe('requireVpcEndpoint', () => {
  test('refuses a call of a private API that came by another way', () => {
    const forbidden = { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' }
    assert.throws(() => requireVpcEndpoint(privately, next)(invocation()), forbidden)
    assert.equal(requireVpcEndpoint(privately, next)({ ...invocation(), vpcEndpoint }), reply)
  })

  test('costs nothing on public APIs', () => assert.equal(requireVpcEndpoint(method, next), next))
})
