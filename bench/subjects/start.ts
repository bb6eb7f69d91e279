import { deployHttpProxy, deployMock } from '../deploy.ts'
import { controlPlane, emptyDataFolder, fromBuild, fromSource, isBuilt, type Settings } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { median } from '../measure.ts'
import { startBackend } from '../nginx.ts'
import { type Command, freePort, serve } from '../program.ts'
import { installServerlessOffline, startServerlessOffline } from '../serverless-offline.ts'
import type { Figure, Subject } from '../subject.ts'
import { atMost } from '../target.ts'

const repetitions = 7
const limitMs = 500

/** Times to the first answer, in milliseconds. */
interface Starts {
  readonly name: string
  readonly times: number[]
}

/** From the start of the process to the first answered call. */
export const firstCall: Subject = {
  name: 'start',
  title: 'Start to first answered call',
  method:
    `A stored API is called, on new connections, from the moment that its process is started until it answers 200; ` +
    `${repetitions} starts each, in turns, with the default number of workers. Node's cache of compiled code is filled, except for the ` +
    `first start of all. serverless-offline, which stores nothing, starts three times.`,

  async run() {
    await using backend = await startBackend()
    const settings = { port: await freePort(), dataFolder: await emptyDataFolder() }
    const first = performance.now()
    const stored = await store(settings, backend.url)
    const firstMs = stored.at - first
    const starts = await inTurns(contenders(settings, stored), repetitions)
    const peer = await serverlessOffline(3)
    const figures = [{ name: 'Gatehouse, first start of all, nothing stored', value: `${firstMs.toFixed(0)} ms` }]
    return { rows: [], figures: [...figures, ...starts.map(figure), figure(peer)], targets: starts.map(target) }
  },
}

interface Stored {
  /** When the empty gateway gave its first answer. */
  readonly at: number
  readonly mock: LoadTarget
  readonly httpProxy: LoadTarget
}

/** Fills a data folder with the APIs that the starts will serve. */
async function store(settings: Settings, backendUrl: string): Promise<Stored> {
  await using _ = await serve(fromSource(settings), controlPlane(settings.port), 'any')
  const at = performance.now()
  const mock = await deployMock(settings.port, 'health')
  const httpProxy = await deployHttpProxy(settings.port, 'products', backendUrl)
  return { at, mock, httpProxy }
}

interface Contender {
  readonly name: string
  readonly command: Command
  readonly target: LoadTarget
}

function contenders(settings: Settings, { mock, httpProxy }: Stored): Contender[] {
  const ways = [{ from: 'from src', command: fromSource(settings) }]
  if (isBuilt) ways.push({ from: 'from dist', command: fromBuild(settings) })
  return ways.flatMap(({ from, command }) => [
    { name: `Gatehouse ${from}, MOCK`, command, target: mock },
    { name: `Gatehouse ${from}, HTTP_PROXY`, command, target: httpProxy },
  ])
}

async function inTurns(contenders: readonly Contender[], rounds: number): Promise<Starts[]> {
  const starts = contenders.map(({ name }): Starts => ({ name, times: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, { command, target }] of contenders.entries()) {
      starts[index]?.times.push(await startMs(command, target))
    }
  }
  return starts
}

async function startMs(command: Command, target: LoadTarget): Promise<number> {
  const begun = performance.now()
  await using _ = await serve(command, target)
  return performance.now() - begun
}

async function serverlessOffline(starts: number): Promise<Starts> {
  installServerlessOffline()
  const times: number[] = []
  for (let started = 0; started < starts; started++) {
    const begun = performance.now()
    await using _ = await startServerlessOffline()
    times.push(performance.now() - begun)
  }
  return { name: 'serverless-offline', times }
}

function figure({ name, times }: Starts): Figure {
  return { name, value: `median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms` }
}

function target({ name, times }: Starts) {
  return atMost(`${name}: process start to first answered call, median`, limitMs, median(times), 'ms')
}
