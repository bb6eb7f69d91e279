import { setTimeout as wait } from 'node:timers/promises'
import { startBareHttp } from '../bare.ts'
import { deployMock } from '../deploy.ts'
import { controlPlane, emptyDataFolder, fromBuild, fromSource, isBuilt, type Settings } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { residentBytes } from '../measure.ts'
import { type Answer, answers, type Command, freePort, type Program, serve } from '../program.ts'
import type { Figure, Subject } from '../subject.ts'
import { atMost } from '../target.ts'

const idleMs = 5_000

/** Memory of a gateway that has nothing to do. */
export const memory: Subject = {
  name: 'memory',
  title: 'Idle memory',
  method:
    'Resident memory of all processes, five seconds after the last call, with two workers, one stored API and no ' +
    'function running. The first start from sources also holds the compiler that strips their types, in every thread; ' +
    'later starts find that work done. A bare `node:http` server with two threads shows what the runtime alone takes.',

  async run() {
    const settings = { port: await freePort(), workers: 2, dataFolder: await emptyDataFolder() }
    const first = await firstStart(settings)
    const ways = [{ name: 'Gatehouse from src', command: fromSource(settings) }]
    if (isBuilt) ways.push({ name: 'Gatehouse from dist', command: fromBuild(settings) })
    const own: Measured[] = []
    for (const { name, command } of ways) own.push({ name, megabytes: await idleMegabytes(command, first.target) })

    const bare = { name: 'bare node:http, 2 threads', megabytes: await bareMegabytes(first.answer) }
    return {
      rows: [],
      figures: [{ name: 'Gatehouse from src, first start', megabytes: first.megabytes }, ...own, bare].map(figure),
      targets: own.map(({ name, megabytes }) => atMost(`${name}: idle memory with two workers`, 150, megabytes, 'MB')),
    }
  },
}

interface Measured {
  readonly name: string
  readonly megabytes: number
}

/** Deploys the API while it is at it. */
async function firstStart(settings: Settings) {
  await using gatehouse = await serve(fromSource(settings), controlPlane(settings.port), 'any')
  const target = await deployMock(settings.port, 'health')
  const answer = await answers(target)
  return { target, answer, megabytes: await megabytesWhenIdle(gatehouse) }
}

async function idleMegabytes(command: Command, target: LoadTarget): Promise<number> {
  await using gatehouse = await serve(command, target)
  return await megabytesWhenIdle(gatehouse)
}

async function bareMegabytes(answer: Answer): Promise<number> {
  await using bare = await startBareHttp(answer, '/dev/health', 2)
  return await megabytesWhenIdle(bare)
}

async function megabytesWhenIdle({ pid }: Program): Promise<number> {
  await wait(idleMs)
  return residentBytes(pid) / 1e6
}

function figure({ name, megabytes }: Measured): Figure {
  return { name, value: `${megabytes.toFixed(0)} MB` }
}
