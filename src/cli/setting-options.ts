import { type Command, Option } from 'commander'
import { defaultText } from '../config/reference.ts'
import type { Setting } from '../config/setting.ts'
import { configFile, type SettingName, settings } from '../config/settings.ts'

/**
 * Adds the flags of settings, with defaults and variables in their help, and `--config`. The values stay text:
 * `readConfig` reads and checks them together with those of other sources.
 */
export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  command.option(
    `${configFile.flag} ${configFile.placeholder}`,
    `${configFile.description} (default: none; ${configFile.env})`,
  )
  for (const name of names) {
    const row: Setting<unknown> = settings[name]
    if (row.flag === undefined) continue
    const flags = row.kind.placeholder === undefined ? row.flag : `${row.flag} ${row.kind.placeholder}`
    command.addOption(new Option(flags, `${row.description} (default: ${defaultText(row)}; ${row.env})`))
  }
  return command
}
