import { deployHttpProxy, deployMock } from '../deploy.ts'
import { emptyDataFolder, fromSource, type Settings } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { median } from '../measure.ts'
import { startBackend } from '../nginx.ts'
import { type Command, freePort, serve, start } from '../program.ts'
import { installServerlessOffline, startServerlessOffline } from '../serverless-offline.ts'
import type { Figure, Subject } from '../subject.ts'
import { atMost } from '../target.ts'

const repetitions = 7
const limitMs = 500

/** From the start of the process to the first answered call. */
export const firstCall: Subject = {
  name: 'start',
  title: 'Start to first answered call',
  method:
    `A stored API is called, on new connections, from the moment that its process is started until it answers 200; ` +
    `${repetitions} starts each, in turns. serverless-offline has nothing stored and starts three times.`,

  async run() {
    await using backend = await startBackend()
    const settings = { port: await freePort(), workers: 2, dataFolder: await emptyDataFolder() }
    const stored = await store(settings, backend.url)
    const command = fromSource(settings)
    const mock: number[] = []
    const httpProxy: number[] = []
    for (let repetition = 0; repetition < repetitions; repetition++) {
      mock.push(await startMs(command, stored.mock))
      httpProxy.push(await startMs(command, stored.httpProxy))
    }
    const peer = await serverlessOfflineMs(3)
    const figures = [figure('Gatehouse, MOCK', mock), figure('Gatehouse, HTTP_PROXY', httpProxy)]
    const targets = [target('a stored MOCK', mock), target('a stored HTTP_PROXY', httpProxy)]
    return { rows: [], figures: [...figures, figure('serverless-offline', peer)], targets }
  },
}

/** Fills a data folder with the APIs that the starts will serve. */
async function store(settings: Settings, backendUrl: string) {
  await using _ = await start(fromSource(settings))
  const mock = await deployMock(settings.port, 'health')
  const httpProxy = await deployHttpProxy(settings.port, 'products', backendUrl)
  return { mock, httpProxy }
}

async function startMs(command: Command, target: LoadTarget): Promise<number> {
  const begun = performance.now()
  await using _ = await serve(command, target)
  return performance.now() - begun
}

async function serverlessOfflineMs(starts: number): Promise<number[]> {
  installServerlessOffline()
  const times: number[] = []
  for (let started = 0; started < starts; started++) {
    const begun = performance.now()
    await using _ = await startServerlessOffline()
    times.push(performance.now() - begun)
  }
  return times
}

function figure(name: string, times: readonly number[]): Figure {
  return { name, value: `median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms` }
}

function target(api: string, times: readonly number[]) {
  return atMost(`Process start to the first answered call of ${api}, median`, limitMs, median(times), 'ms')
}
