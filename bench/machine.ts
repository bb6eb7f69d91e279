import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** A property of the machine or the version of a program that takes part. */
export type Fact = readonly [name: string, value: string]

/** Processes that wanted to run in the last minute before this program did: above 0.5, the figures are those of a busy machine. */
const [loadBefore = 0] = loadavg()

/** Where and with what the figures were measured. */
export function facts(): readonly Fact[] {
  return [
    ['Processor', `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`],
    ['Memory', `${(totalmem() / 2 ** 30).toFixed(0)} GiB`],
    ['Kernel', `Linux ${release()}`],
    ['Load before the run', loadBefore.toFixed(1)],
    ['Node', process.version],
    ['nginx', firstLine('nginx', '-v').replace(/^.*nginx\//, '')],
    ['wrk', firstLine('wrk', '-v').replace(/^wrk (\S+).*$/, '$1')],
    ['undici', packageVersion('../node_modules/undici')],
    ['serverless', packageVersion('./peers/node_modules/serverless')],
    ['serverless-offline', packageVersion('./peers/node_modules/serverless-offline')],
    ['Gatehouse', `${packageVersion('..')} at ${revision()}`],
  ]
}

/** @throws naming the programs that the benchmark needs and that are not installed. */
export function requirePrograms() {
  const missing = ['wrk', 'nginx'].filter((name) => spawnSync(name, ['-v']).error !== undefined)
  if (missing.length === 0) return
  throw new Error(`Not installed: ${missing.join(', ')}. On Debian: apt-get install wrk nginx-light`)
}

/** Both programs print their version where others print errors, and `wrk` also ends with 1. */
function firstLine(program: string, flag: string): string {
  const { stdout, stderr } = spawnSync(program, [flag], { encoding: 'utf8' })
  return `${stdout}${stderr}`.split('\n')[0] ?? ''
}

function packageVersion(folder: string): string {
  const file = new URL(`${folder}/package.json`, import.meta.url)
  return existsSync(file) ? String(JSON.parse(readFileSync(file, 'utf8')).version) : 'not installed'
}

function revision(): string {
  const cwd = new URL('.', import.meta.url)
  const [commit, changes] = [
    ['rev-parse', '--short', 'HEAD'],
    ['status', '--porcelain', '--', '../src'],
  ].map((args) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim())
  return `${commit}${changes ? ' with uncommitted changes' : ''}`
}
