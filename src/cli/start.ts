import { flushCompileCache } from 'node:module'
import type { Command } from 'commander'
import { settingNames } from '../config/settings.ts'
import { readConfig } from '../config.ts'
import { version } from '../version.ts'
import { firstThread } from './first-thread.ts'
import { addSettingOptions } from './setting-options.ts'
import { stopOnSignals } from './stop-on-signals.ts'

/** `gatehouse start`: serves until a signal ends it. */
export function addStart(program: Command): void {
  const command = program.command('start').description('Start the gateway')
  addSettingOptions(command, settingNames).action(start)
}

async function start(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const config = readConfig({ flags, env: process.env, folder: process.cwd() })
  const { startGatehouse } = await import('../main.ts')
  const running = await startGatehouse(config, firstThread())
  stopOnSignals(process, () => running.stop())
  console.log(`Gatehouse ${version} listening on ${running.url} (region ${config.region}, account ${config.account})`)
  // A process that is killed would not keep what it compiled, and the next start would be as slow as the first.
  flushCompileCache()
}
