import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DeployedHttpStage } from '../snapshot/http-api.ts'
import type { DeployedStage } from '../snapshot/rest-api.ts'
import { isHttpStage } from '../snapshot/stage-change.ts'
import { silentLog, stage } from './fixtures.ts'
import { httpStage } from './http-api/fixtures.ts'
import { httpApis } from './http-api/http-apis.ts'
import { restApis } from './rest/rest-apis.ts'
import type { StagePlan } from './stage-plan.ts'
import { servedStages } from './stages.ts'

const rest = restApis(silentLog)
const http = httpApis(silentLog)

/** A plan that is known by the deployment it was compiled from, in place of its region. */
function compile(deployed: DeployedStage | DeployedHttpStage): StagePlan {
  return {
    type: isHttpStage(deployed) ? http : rest,
    region: deployed.deploymentId ?? 'undeployed',
    endpointDisabled: false,
    route: () => assert.fail('nothing is called'),
  }
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
    assert.equal(stages.find('abc123', '/dev/pets')?.plan?.region, 'dep123')
    assert.equal(stages.find('abc123', '/dev/pets')?.path, '/pets')
    assert.equal(stages.find('abc123', '/prod')?.plan, undefined)
    assert.equal(stages.find('xyz', '/dev'), undefined)
    stages.publish([{ apiId: 'abc123', stageName: 'dev' }])
    assert.equal(stages.find('abc123', '/dev'), undefined)
  })

  const of = (deploymentId: string): DeployedStage => ({ ...stage({}), deploymentId })

  test('takes several changes of one API together, in their order', () => {
    const stages = serving(of('first'))
    const found = (path: string) => stages.find('abc123', path)?.plan?.region
    stages.publish([
      { apiId: 'abc123', stageName: 'prod', stage: of('second') },
      { apiId: 'abc123', stageName: 'dev' },
      { apiId: 'other', stageName: 'dev', stage: of('third') },
    ])
    assert.deepEqual(
      [found('/prod'), found('/dev'), stages.find('other', '/dev')?.plan?.region],
      ['second', undefined, 'third'],
    )
    stages.publish([
      { apiId: 'abc123', stageName: 'prod' },
      { apiId: 'abc123', stageName: 'dev', stage: of('fourth') },
    ])
    assert.deepEqual([found('/prod'), found('/dev')], [undefined, 'fourth'])
  })

  test('serves what it served when one of several changes cannot be compiled', () => {
    const stages = servedStages((deployed) => {
      if (deployed.deploymentId === 'broken') throw new Error('It cannot be compiled')
      return compile(deployed)
    })
    stages.publish([{ apiId: 'abc123', stageName: 'dev', stage: of('first') }])
    const changes = [
      { apiId: 'abc123', stageName: 'dev', stage: of('second') },
      { apiId: 'other', stageName: 'dev', stage: of('broken') },
    ]
    assert.throws(() => stages.publish(changes), /cannot be compiled/)
    assert.equal(stages.find('abc123', '/dev')?.plan?.region, 'first')
    assert.equal(stages.find('other', '/dev'), undefined)
  })

  const named = { stage: httpStage([], { stageName: 'dev', deploymentId: 'named' }), stageName: 'dev' }
  const unnamed = { stage: httpStage([], { stageName: '$default', deploymentId: 'default' }), stageName: '$default' }
  for (const [what, stages, path, found, rest] of [
    ['a named stage', [named, unnamed], '/dev/pets', 'named', '/pets'],
    ['a named stage alone', [named], '/dev', 'named', ''],
    ['$default', [named, unnamed], '/pets/dev', 'default', '/pets/dev'],
    ['$default for a longer name', [named, unnamed], '/develop', 'default', '/develop'],
    ['$default for the root', [named, unnamed], '/', 'default', '/'],
    ['no stage without $default', [named], '/pets', undefined, '/pets'],
  ] as const) {
    test(`of an HTTP API, ${path} reaches ${what}`, () => {
      const all = servedStages(compile)
      all.publish(stages.map((each) => ({ apiId: 'http1', ...each })))
      const reached = all.find('http1', path)
      assert.deepEqual([reached?.type, reached?.plan?.region, reached?.path], [http, found, rest])
    })
  }

  for (const [percentTraffic, random, found] of [
    [0, 0, 'own'],
    [10.5, 0.1049, 'canary'],
    [10.5, 0.105, 'own'],
    [50, 0, 'canary'],
    [100, 0.9999999, 'canary'],
  ] as const) {
    test(`of ${percentTraffic} % for the canary, a call at ${random} gets the ${found}`, () => {
      assert.equal(serving(withCanary(percentTraffic), () => random).find('abc123', '/dev')?.plan?.region, found)
    })
  }

  test('chooses anew for each call', () => {
    const stages = servedStages(compile)
    stages.publish([{ apiId: 'abc123', stageName: 'dev', stage: withCanary(50) }])
    const found = new Set(Array.from({ length: 200 }, () => stages.find('abc123', '/dev')?.plan?.region))
    assert.deepEqual([...found].sort(), ['canary', 'own'])
  })
})
