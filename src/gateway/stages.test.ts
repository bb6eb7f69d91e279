import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DeployedStage } from '../snapshot/rest-api.ts'
import { stage } from './fixtures.ts'
import type { StagePlan } from './rest/stage-plan.ts'
import { servedStages } from './stages.ts'

/** A plan that is known by the deployment it was compiled from, in place of its region. */
function compile({ deploymentId }: DeployedStage): StagePlan {
  return { region: deploymentId, endpointDisabled: false, route: () => assert.fail('nothing is called') }
}

function serving(served: DeployedStage | undefined, random: () => number = () => 0.5) {
  const stages = servedStages(compile, random)
  stages.publish([{ apiId: 'abc123', stageName: 'dev', ...(served && { stage: served }) }])
  return stages
}

const withCanary = (percentTraffic: number): DeployedStage => ({
  ...stage({}),
  deploymentId: 'own',
  canary: { percentTraffic, stage: { ...stage({}), deploymentId: 'canary' } },
})

describe('servedStages', () => {
  test('finds what was published last, by API and stage', () => {
    const stages = serving(stage({}))
    assert.equal(stages.find('abc123', 'dev')?.region, 'dep123')
    assert.equal(stages.find('abc123', 'prod'), undefined)
    assert.equal(stages.find('xyz', 'dev'), undefined)
    stages.publish([{ apiId: 'abc123', stageName: 'dev' }])
    assert.equal(stages.find('abc123', 'dev'), undefined)
  })

  for (const [percentTraffic, random, found] of [
    [0, 0, 'own'],
    [10.5, 0.1049, 'canary'],
    [10.5, 0.105, 'own'],
    [50, 0, 'canary'],
    [100, 0.9999999, 'canary'],
  ] as const) {
    test(`of ${percentTraffic} % for the canary, a call at ${random} gets the ${found}`, () => {
      assert.equal(serving(withCanary(percentTraffic), () => random).find('abc123', 'dev')?.region, found)
    })
  }

  test('chooses anew for each call', () => {
    const stages = servedStages(compile)
    stages.publish([{ apiId: 'abc123', stageName: 'dev', stage: withCanary(50) }])
    const found = new Set(Array.from({ length: 200 }, () => stages.find('abc123', 'dev')?.region))
    assert.deepEqual([...found].sort(), ['canary', 'own'])
  })
})
