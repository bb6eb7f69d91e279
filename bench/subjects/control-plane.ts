import { type Gatehouse, invokeTarget, stageName, startGatehouse } from '../gatehouse.ts'
import { connectTo, largeDocument, loadWith, type Management, readTarget, smallDocument } from '../management.ts'
import { median } from '../measure.ts'
import type { Figure, Subject, Target } from '../subject.ts'
import { atMost, atMostTimes } from '../target.ts'
import { type Contender, inTurns, type Pace, type Row } from '../turns.ts'

const few = 10
/** A run that is cut short makes do with less. */
const many = { full: 10_000, quick: 500 }
const fullSeconds = 5
const methodsOfApi = 20
const pathsOfDocument = 300
const bytesOfDocument = 1_000_000
const repetitions = 25

/** The REST management API: writes and reads, and what they cost with many APIs. */
export const controlPlane: Subject = {
  name: 'control-plane',
  title: 'REST management API',
  method:
    `Gatehouse with one worker. Each write is a PATCH of one of ${few} APIs, on the disk before its answer; each read a GET ` +
    `of an API. Single operations are medians of ${repetitions} calls, one at a time, with ${few} and with ` +
    `${many.full.toLocaleString('en-US')} APIs of ${methodsOfApi} methods in the store (${many.quick} if --seconds is below ` +
    `${fullSeconds}), all of them deployed. The imported document has ${pathsOfDocument} paths and 1 MB.`,

  async run(pace) {
    await using gatehouse = await startGatehouse({ workers: 1 })
    await using management = connectTo(gatehouse)
    const apis = await deployApis(management, few)
    const apiOf = (index: number) => apis[index % apis.length] ?? ''

    const patch = (index: number) =>
      management.call('PATCH', `/restapis/${apiOf(index)}`, describing(`Written ${index} times`))
    await loadWith('warm-up', gatehouse, pace.warmUpSeconds, patch)
    const writes = await loadWith('Gatehouse UpdateRestApi', gatehouse, pace.seconds, patch)
    const readServer = { ...gatehouse, ...readTarget(gatehouse, `/restapis/${apiOf(0)}`) }
    const [reads] = await inTurns([{ name: 'Gatehouse GetRestApi', server: readServer }], pace)
    if (!reads) throw new Error('The reads were not measured')

    await measureAll(management, apis)
    const withFew = await measureAll(management, apis)
    const manyCount = pace.seconds < fullSeconds ? many.quick : many.full
    const all = [...apis, ...(await deployApis(management, manyCount - few))]
    const withMany = await measureAll(management, all)
    const importMillis = await measureImports(management)
    const [callsWithFew, callsWithMany] = await callsAmong(gatehouse, all, pace)

    return {
      rows: [writes, reads, callsWithFew, callsWithMany],
      figures: operations.map(({ name }, index) => costFigure(name, withFew[index], withMany[index], manyCount)),
      targets: [
        atLeast(1000, writes),
        atLeast(5000, reads),
        ...operations.map(({ name }, index) => growth(name, withFew[index], withMany[index], manyCount)),
        atMostTimes(1.25, callsWithMany, callsWithFew),
        atMost(`import of ${pathsOfDocument} paths and 1 MB`, 2000, importMillis, 'ms'),
      ],
    }
  },
}

/** Calls an API among all those of a gateway, and in turns one of another gateway that has a few only. */
async function callsAmong(gatehouse: Gatehouse, apis: readonly string[], pace: Pace): Promise<[few: Row, many: Row]> {
  await using small = await startGatehouse({ workers: 1 })
  await using management = connectTo(small)
  const ofSmall = await deployApis(management, few)
  const [callsWithFew, callsWithMany] = await inTurns([caller(small, ofSmall), caller(gatehouse, apis)], pace)
  if (!callsWithFew || !callsWithMany) throw new Error('The calls were not measured')
  return [callsWithFew, callsWithMany]
}

/** Calls the API in the middle. */
function caller(gatehouse: Gatehouse, apis: readonly string[]): Contender {
  const target = invokeTarget(gatehouse.port, apis[Math.floor(apis.length / 2)] ?? '', '/path-7')
  return { name: `Gatehouse MOCK among ${apis.length} APIs`, server: { ...gatehouse, ...target } }
}

/** What must not cost more with many APIs. */
const operations: readonly {
  readonly name: string
  readonly run: (management: Management, apiId: string) => Promise<unknown>
}[] = [
  { name: 'GetRestApis', run: (management) => management.call('GET', '/restapis') },
  { name: 'GetRestApi', run: (management, id) => management.call('GET', `/restapis/${id}`) },
  { name: 'GetResources', run: (management, id) => management.call('GET', `/restapis/${id}/resources`) },
  { name: 'CreateRestApi', run: (management) => management.call('POST', '/restapis', { name: 'created' }) },
  {
    name: 'CreateDeployment',
    run: (management, id) => management.call('POST', `/restapis/${id}/deployments`, { stageName }),
  },
]

/** @returns the median milliseconds of each operation. */
async function measureAll(management: Management, apis: readonly string[]): Promise<number[]> {
  const medians: number[] = []
  for (const { run } of operations) {
    medians.push(await medianMillis((index) => run(management, apis[(index * 7919) % apis.length] ?? '')))
  }
  return medians
}

async function measureImports(management: Management): Promise<number> {
  const document = largeDocument('large', pathsOfDocument, bytesOfDocument)
  return medianMillis(() => management.call('POST', '/restapis?mode=import', document), 5)
}

async function medianMillis(call: (index: number) => Promise<unknown>, count = repetitions): Promise<number> {
  const millis: number[] = []
  for (let index = 0; index < count; index++) {
    const begun = performance.now()
    await call(index)
    millis.push(performance.now() - begun)
  }
  return median(millis)
}

/** @returns the new APIs' ids. */
async function deployApis(management: Management, count: number): Promise<string[]> {
  const ids: string[] = []
  const document = smallDocument('stored', methodsOfApi)
  while (ids.length < count) {
    const { id } = await management.call('POST', '/restapis?mode=import', document)
    await management.call('POST', `/restapis/${id}/deployments`, { stageName })
    ids.push(String(id))
  }
  return ids
}

function describing(value: string) {
  return { patchOperations: [{ op: 'replace', path: '/description', value }] }
}

function costFigure(name: string, withFew = Number.NaN, withMany = Number.NaN, manyCount: number): Figure {
  return {
    name: `${name}, with ${few} and with ${manyCount} APIs`,
    value: `${withFew.toFixed(2)} and ${withMany.toFixed(2)} ms`,
  }
}

function growth(name: string, withFew = Number.NaN, withMany = Number.NaN, manyCount: number): Target {
  const ratio = withMany / withFew
  return {
    promise: `${name}: at most 2 times as long with ${manyCount} APIs as with ${few}`,
    measured: `${ratio.toFixed(2)} times`,
    met: ratio <= 2,
  }
}

function atLeast(limit: number, { name, callsPerSecond }: Row): Target {
  return {
    promise: `${name}: at least ${limit.toLocaleString('en-US')} a second`,
    measured: Math.round(callsPerSecond).toLocaleString('en-US'),
    met: callsPerSecond >= limit,
  }
}
