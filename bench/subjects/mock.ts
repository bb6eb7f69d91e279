import { startBareHttp } from '../bare.ts'
import { deployMock } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMostTimes } from '../target.ts'
import { inTurns } from '../turns.ts'

/** `MOCK` beside a bare `node:http` server, each with one and with two threads. */
export const mock: Subject = {
  name: 'mock',
  title: '`MOCK`',
  method:
    'Gatehouse answers GET /health from a MOCK integration; a bare `node:http` server of as many threads, on the same ' +
    'Node, answers with the very headers and bytes of that answer, held ready.',

  async run(pace) {
    await using one = await startGatehouse({ workers: 1 })
    await using two = await startGatehouse({ workers: 2 })
    const ofOne = await deployMock(one.port, 'health')
    const ofTwo = await deployMock(two.port, 'health')
    const answer = await answers(ofOne)
    await answers(ofTwo)
    await using bareOne = await startBareHttp(answer, '/dev/health', 1)
    await using bareTwo = await startBareHttp(answer, '/dev/health', 2)

    const rows = await inTurns(
      [
        { name: 'Gatehouse MOCK, 1 worker', server: { ...one, ...ofOne } },
        { name: 'bare node:http, 1 thread', server: bareOne },
        { name: 'Gatehouse MOCK, 2 workers', server: { ...two, ...ofTwo } },
        { name: 'bare node:http, 2 threads', server: bareTwo },
      ],
      pace,
    )
    return { rows, figures: [], targets: [atMostTimes(2, rows[0], rows[1]), atMostTimes(2, rows[2], rows[3])] }
  },
}
