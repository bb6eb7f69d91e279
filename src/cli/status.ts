import type { Command } from 'commander'
import type { ClusterStatus } from '../cluster/lease-agent.ts'
import { readConfig } from '../config.ts'
import { CommandError } from './command-error.ts'
import { fetchStatus } from './fetch-status.ts'
import { addSettingOptions } from './setting-options.ts'

/** `gatehouse status`: asks a running gateway how it is. */
export function addStatus(program: Command): void {
  const command = program.command('status').description('Ask a running gateway for its version, uptime and size')
  addSettingOptions(command, ['host', 'port']).action(status)
}

async function status(flags: Readonly<Record<string, unknown>>): Promise<void> {
  // Asking another machine's gateway opens nothing here.
  const config = readConfig({ flags: { ...flags, insecureListen: true }, env: process.env, folder: process.cwd() })
  if (config.port === 0) throw new CommandError('say with --port on which port to ask: 0 stands for any')
  const url = `http://${reachable(config.host)}:${config.port}`
  const { version, uptimeSeconds, region, account, workers, apis, cluster } = await fetchStatus(url)
  console.log(`Gatehouse ${version} at ${url}
Uptime   ${duration(uptimeSeconds)}
Region   ${region}
Account  ${account}
Workers  ${workers}
APIs     ${apis}${cluster ? `\nCluster  ${standing(cluster, Date.now())}` : ''}`)
}

/** An address to connect to for one to listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** How a gateway stands to the others that it shares its limits with. */
export function standing({ state, nodes, since }: ClusterStatus, now: number): string {
  const time = duration((now - since) / 1000)
  if (state === 'connected') return `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, connected to Redis for ${time}`
  const share = nodes === 1 ? 'all' : `1/${nodes}`
  return `Redis has not answered for ${time}: serves ${share} of every limit by itself`
}

/** Such as `2 d 3 h 0 min 12 s`. */
export function duration(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first === -1 ? -1 : first)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
