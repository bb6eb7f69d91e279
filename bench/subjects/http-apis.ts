import { startIssuer } from '../access/issuer.ts'
import { createFunction, deployFunction, deployHttpProxy } from '../deploy.ts'
import { deployRoute } from '../deploy-http-api.ts'
import { startGatehouse } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { startBackend } from '../nginx.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMostMore, atMostTimes } from '../target.ts'
import { inTurns } from '../turns.ts'

const origin = 'https://app.example'

/** Routes of HTTP APIs beside the methods of REST APIs that do the same. */
export const httpApis: Subject = {
  name: 'http-apis',
  title: 'HTTP APIs',
  method:
    'One worker. A route of an HTTP API and a method of a REST API forward a GET to the same nginx with a fixed answer of 84 bytes; ' +
    'the same route again with CORS and behind a JWT authorizer, with one RS256 token of 700 bytes from a page of an allowed origin. ' +
    'A route with payload format 2.0 and an `AWS_PROXY` method invoke the same warm Node function.',

  async run(pace) {
    await using backend = await startBackend()
    await using issuer = await startIssuer()
    await using gatehouse = await startGatehouse({ workers: 1 })
    const { port } = gatehouse
    const uri = new URL('/products', backend.url).href
    const toBackend = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: uri } as const
    const format = { PayloadFormatVersion: '2.0', IntegrationType: 'AWS_PROXY' } as const
    const guarded = await deployRoute(
      port,
      'products',
      { ...toBackend, PayloadFormatVersion: '1.0' },
      { ...issuer, origin },
    )
    const headers = { ...guarded.headers, Origin: origin, Authorization: `Bearer ${issuer.token('ada')}` }
    const targets: readonly (readonly [name: string, target: LoadTarget])[] = [
      ['REST API, HTTP_PROXY', await deployHttpProxy(port, 'products', uri)],
      ['HTTP API, HTTP_PROXY', await deployRoute(port, 'products', { ...toBackend, PayloadFormatVersion: '1.0' })],
      ['HTTP API, HTTP_PROXY, JWT and CORS', { ...guarded, headers }],
      ['REST API, AWS_PROXY', await deployFunction(port, 'rest')],
      [
        'HTTP API, Lambda 2.0',
        await deployRoute(port, 'lambda', { ...format, IntegrationUri: await createFunction(port, 'http') }),
      ],
    ]
    for (const [, target] of targets) await answers(target)
    const rows = await inTurns(
      targets.map(([name, target]) => ({ name: `Gatehouse ${name}`, server: { ...gatehouse, ...target } })),
      pace,
    )
    const [restProxy, httpProxy, guardedProxy, restLambda, httpLambda] = rows
    return {
      rows,
      figures: [],
      targets: [
        atMostTimes(1, httpProxy, restProxy),
        atMostMore(12, guardedProxy, httpProxy),
        atMostTimes(1, httpLambda, restLambda),
      ],
    }
  },
}
