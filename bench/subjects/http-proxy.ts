import { startBareProxy } from '../bare.ts'
import { deployHttpProxy } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { startBackend, startNginxProxy } from '../nginx.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMostTimes } from '../target.ts'
import { inTurns } from '../turns.ts'

const workers = 2
const path = '/products'

/** `HTTP_PROXY` beside nginx and beside a bare Node proxy. */
export const httpProxy: Subject = {
  name: 'http-proxy',
  title: '`HTTP_PROXY`',
  method:
    'Gatehouse, nginx and a bare `node:http` + undici proxy, each with two workers, forward a GET to the same nginx ' +
    'with a fixed answer of 84 bytes, over kept connections.',

  async run(pace) {
    await using backend = await startBackend()
    await using gatehouse = await startGatehouse({ workers })
    await using nginx = await startNginxProxy(backend, path, workers)
    await using bareProxy = await startBareProxy(backend, path, workers)
    const target = await deployHttpProxy(gatehouse.port, 'products', new URL(path, backend.url).href)
    await answers(target)

    const rows = await inTurns(
      [
        { name: 'Gatehouse HTTP_PROXY', server: { ...gatehouse, ...target } },
        { name: 'nginx proxy', server: nginx },
        { name: 'bare Node proxy', server: bareProxy },
      ],
      pace,
    )
    return { rows, figures: [], targets: [atMostTimes(3, rows[0], rows[1])] }
  },
}
