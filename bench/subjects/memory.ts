import { setTimeout as wait } from 'node:timers/promises'
import { startBareHttp } from '../bare.ts'
import { deployMock } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { residentBytes } from '../measure.ts'
import { answers, type Program } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMost } from '../target.ts'

const idleMs = 5_000

/** Memory of a gateway that has nothing to do. */
export const memory: Subject = {
  name: 'memory',
  title: 'Idle memory',
  method:
    'Resident memory of all processes, five seconds after the last call, with two workers, one deployed API and no ' +
    'function running. A bare `node:http` server with two threads shows what the runtime alone takes.',

  async run() {
    await using gatehouse = await startGatehouse(2)
    const answer = await answers(await deployMock(gatehouse.port, 'health'))
    await using bare = await startBareHttp(answer, '/dev/health', 2)
    await wait(idleMs)

    const own = residentMegabytes(gatehouse)
    const figures = [
      { name: 'Gatehouse, 2 workers, idle', value: `${own.toFixed(0)} MB` },
      { name: 'bare node:http, 2 threads, idle', value: `${residentMegabytes(bare).toFixed(0)} MB` },
    ]
    return { rows: [], figures, targets: [atMost('Idle memory with two workers', 150, own, 'MB')] }
  },
}

function residentMegabytes({ pid }: Program): number {
  return residentBytes(pid) / 1e6
}
