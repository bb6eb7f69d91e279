import { type Fixture, openFixture, startMs } from '../apigateway/fixture.ts'
import { apiGatewayV2Operations } from './api-gateway-v2-operations.ts'

/** The built operations of both versions over an empty store, for tests. */
export interface FixtureV2 extends Omit<Fixture, 'operations' | 'wait'> {
  readonly rest: Fixture['operations']
  readonly operations: ReturnType<typeof apiGatewayV2Operations>
}

/** Ids count upwards, and the clock stands still. */
export async function openFixtureV2(): Promise<FixtureV2> {
  const { operations: rest, wait: _, ...fixture } = await openFixture()
  let drawn = 0
  const operations = apiGatewayV2Operations({
    store: fixture.store,
    cipher: fixture.cipher,
    now: () => new Date(startMs),
    newId: (length) => `v${String(drawn++).padStart(length - 1, '0')}`,
  })
  return { ...fixture, rest, operations }
}
