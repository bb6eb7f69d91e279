import { deployFunction } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { answers } from '../program.ts'
import { startServerlessOffline } from '../serverless-offline.ts'
import type { Subject } from '../subject.ts'
import { atLeastTimesTheCalls, atMost } from '../target.ts'
import { inTurns } from '../turns.ts'

/** `AWS_PROXY` to a warm Node function beside serverless-offline. */
export const awsProxy: Subject = {
  name: 'aws-proxy',
  title: '`AWS_PROXY`, warm Node function',
  method:
    'Gatehouse as it starts by itself (one worker per two cores) and serverless-offline answer GET /hello from the same ' +
    'handler file; Gatehouse with two workers is shown beside them. The processor time is that of the gateway and of all ' +
    'function processes together.',

  async run(pace) {
    await using gatehouse = await startGatehouse()
    await using twoWorkers = await startGatehouse({ workers: 2 })
    await using serverless = await startServerlessOffline()
    const target = await deployFunction(gatehouse.port, 'hello')
    const targetOfTwo = await deployFunction(twoWorkers.port, 'hello')
    await answers(target)
    await answers(targetOfTwo)

    const rows = await inTurns(
      [
        { name: 'Gatehouse AWS_PROXY', server: { ...gatehouse, ...target } },
        { name: 'serverless-offline', server: serverless },
        { name: 'Gatehouse AWS_PROXY, 2 workers', server: { ...twoWorkers, ...targetOfTwo } },
      ],
      pace,
    )
    const cpuMicros = rows[0]?.cpuMicrosPerCall ?? Number.NaN
    const targets = [
      atMost('Gatehouse AWS_PROXY: CPU per call', 150, cpuMicros, 'µs'),
      atLeastTimesTheCalls(10, rows[0], rows[1]),
    ]
    return { rows, figures: [], targets }
  },
}
