import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCaller, signedTarget } from '../access/caller.ts'
import { deployGuardedApi, poolArn } from '../access/guarded-api.ts'
import { type Issuer, startIssuer } from '../access/issuer.ts'
import { verificationMicros } from '../access/verification.ts'
import { emptyDataFolder, startGatehouse } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { connectTo } from '../management.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMostMore } from '../target.ts'
import { inTurns } from '../turns.ts'

/** More than one worker remembers, so that none of them is known when its turn comes again. */
const distinctTokens = 6_000

const body = JSON.stringify({ customer: 'c-17', items: [{ sku: 'ABC-1000', quantity: 2 }], note: 'by the back door' })

/** What each kind of access control costs a call. */
export const access: Subject = {
  name: 'access',
  title: 'Access control',
  method:
    'One worker. The same `MOCK` stands open and behind each kind of access control: an API key; a Lambda authorizer that is ' +
    `remembered; a user pool, with one RS256 token of 700 bytes, and with ${distinctTokens.toLocaleString('en-US')} of them in turns, ` +
    'so that each signature is verified; and SigV4 over a body of 80 bytes, beside the open method with the same body. Every ' +
    'signature of SigV4 is verified.',

  async run(pace) {
    await using issuer = await startIssuer()
    const { issuer: url, jwksUri } = issuer
    const folder = await emptyDataFolder()
    const config = join(folder, 'gatehouse.json')
    await writeFile(config, JSON.stringify({ userPools: [{ arn: poolArn, issuer: url, jwksUri }] }))
    await using gatehouse = await startGatehouse({ workers: 1, config })
    const { target, usagePlanId } = await deployGuardedApi(gatehouse)
    const key = await createCaller(gatehouse)
    await using management = connectTo(gatehouse)
    const value = await createApiKey(management, usagePlanId)
    const varied = { header: 'Authorization', file: join(folder, 'tokens') }
    await writeFile(varied.file, tokens(issuer, distinctTokens))

    const withHeaders = (to: LoadTarget, headers: object): LoadTarget => ({
      ...to,
      headers: { ...to.headers, ...headers },
    })
    const targets: readonly (readonly [name: string, target: LoadTarget])[] = [
      ['open', target('open')],
      ['API key', withHeaders(target('keyed'), { 'x-api-key': value })],
      ['Lambda authorizer, remembered', withHeaders(target('custom'), { Authorization: 'Bearer of-something' })],
      ['RS256 token, known', withHeaders(target('pool'), { Authorization: `Bearer ${issuer.token('ada')}` })],
      ['RS256 token, new', { ...withHeaders(target('pool'), { Authorization: issuer.token('eve') }), varied }],
      ['open, POST', { ...target('open'), body }],
      ['SigV4, POST', signedTarget(target('signed'), body, key)],
    ]
    for (const [, to] of targets) await answers(to)
    const verification = verificationMicros(signedTarget(target('signed'), body, key), key)
    const rows = await inTurns(
      targets.map(([name, to]) => ({ name: `Gatehouse MOCK, ${name}`, server: { ...gatehouse, ...to } })),
      pace,
    )
    const [open, keyed, custom, known, fresh, openPost, signed] = rows
    return {
      rows,
      figures: [{ name: 'A signature of SigV4, verified alone', value: `${verification.toFixed(1)} µs` }],
      targets: [
        atMostMore(3, keyed, open),
        atMostMore(5, custom, open),
        atMostMore(10, known, open),
        atMostMore(100, fresh, open),
        atMostMore(40, signed, openPost),
      ],
    }
  },
}

/** @returns The value of a new key of the plan. */
async function createApiKey(management: ReturnType<typeof connectTo>, usagePlanId: string): Promise<string> {
  const { id, value } = await management.call('POST', '/apikeys', { enabled: true })
  await management.call('POST', `/usageplans/${usagePlanId}/keys`, { keyId: id, keyType: 'API_KEY' })
  return String(value)
}

/** One header a line. */
function tokens(issuer: Issuer, count: number): string {
  return Array.from({ length: count }, (_, index) => `${issuer.token(`user-${index}`)}\n`).join('')
}
