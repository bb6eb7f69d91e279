import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../../gatehouse.ts'
import { run } from '../../tools.ts'
import type { Answer, Call } from './call.ts'

const script = fileURLToPath(new URL('./boto.py', import.meta.url))

/** Signs calls with botocore's own signer and makes them, all in one process. @returns an answer for each. */
export async function callByBoto(calls: readonly Call[]): Promise<readonly Answer[]> {
  const file = join(await temporaryFolder(), 'calls.json')
  await writeFile(file, JSON.stringify(calls))
  const { status, stdout, stderr } = await run('python3', [script, file])
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
