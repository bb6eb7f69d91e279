import type { Setting } from './setting.ts'
import { accounts } from './table/accounts.ts'
import { backends } from './table/backends.ts'
import { functions } from './table/functions.ts'
import { limits } from './table/limits.ts'
import { listening } from './table/listening.ts'
import { running } from './table/running.ts'
import { sharing } from './table/sharing.ts'

/** Every setting, by its name, which is also its key in the configuration file. */
export const settings = {
  ...listening,
  ...running,
  ...accounts,
  ...functions,
  ...limits,
  ...sharing,
  ...backends,
} as const

export type SettingName = keyof typeof settings

/** The configuration: read once, never changed. Units are in the names, defaults in the table. */
export type Config = {
  readonly [N in SettingName]: (typeof settings)[N] extends Setting<infer T> ? T : never
}

/** Names the configuration file. It is no setting: it cannot come from the file. */
export const configFile = {
  flag: '--config',
  env: 'GATEHOUSE_CONFIG',
  placeholder: '<file>',
  description: 'Configuration file (JSON)',
} as const

/** The table's names, in its order. */
export const settingNames: readonly SettingName[] = Object.keys(settings).filter(
  (name): name is SettingName => name in settings,
)
