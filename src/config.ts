import { ConfigError } from './config/config-error.ts'
import { namedVariables } from './config/credentials.ts'
import { type ConfigFile, readConfigFile, readUtf8 } from './config/file.ts'
import type { Place } from './config/kind.ts'
import { isLoopback } from './config/loopback.ts'
import { unknownName } from './config/nearest.ts'
import { type RootKey, repeatedKeyIds } from './config/root-key-list.ts'
import type { Setting } from './config/setting.ts'
import { type Config, configFile, settingNames, settings } from './config/settings.ts'
import { within } from './config/structure.ts'
import { sharedPorts } from './config/vpc-endpoint.ts'

export type { Config } from './config/settings.ts'

/** Where settings come from; a flag goes before a variable, a variable before the file, the file before the default. */
export interface ConfigSources {
  /** The command line's flags by setting name, and `config`: the file's path. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** The current folder. */
  readonly folder: string
  /** Reads the configuration file and those that it names; from the disk by default. */
  readonly readText?: (path: string) => string
}

/** A value that a source gives, with the name under which its user knows it. */
interface Given {
  readonly label: string
  readonly value: unknown
  readonly place: Place
}

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} with every problem of every source, also of values that another source overrides.
 */
export function readConfig(sources: ConfigSources): Config {
  const { flags, env, folder, readText } = sources
  const path = flags['config'] ?? env[configFile.env]
  const file = typeof path === 'string' && path !== '' ? readConfigFile(path, folder, readText) : undefined
  const problems = [...(file?.problems ?? []), ...unknownKeys(file), ...unknownVariables(env, file)]

  const values = settingNames.map((name) => {
    const row: Setting<unknown> = settings[name]
    const outcomes = given(name, row, sources, file).map(({ label, value, place }) => {
      const outcome = row.kind.parse(value, place)
      if ('value' in outcome) return outcome.value
      for (const problem of outcome.problems) {
        problems.push(within(label, problem))
      }
      return undefined
    })
    return [name, outcomes.length > 0 ? outcomes[0] : row.default(folder)]
  })
  // The table gives each name a value of its own type.
  const config = Object.fromEntries(values) as Config

  problems.push(
    ...conflicts(config),
    ...(problems.length === 0 ? [...halves(config), ...lonely(config), ...repeated(config)] : []),
  )
  if (problems.length > 0) throw new ConfigError(problems)
  return deepFreeze(config)
}

/** The sources that give a setting, the strongest first. */
function given(
  name: string,
  { flag, env: variable, kind }: Setting<unknown>,
  { flags, env, folder, readText = readUtf8 }: ConfigSources,
  file: ConfigFile | undefined,
): Given[] {
  const found: Given[] = []
  const flagged = flags[name]
  if (flag !== undefined && flagged !== undefined) {
    const value = typeof flagged === 'string' ? kind.fromText(flagged) : flagged
    found.push({ label: flag, value, place: { folder, env, readText } })
  }
  const text = variable === undefined ? undefined : env[variable]
  if (variable !== undefined && text)
    found.push({ label: variable, value: kind.fromText(text), place: { folder, env, readText } })
  if (file && Object.hasOwn(file.values, name)) {
    found.push({
      label: `${file.path}: ${name}`,
      value: file.values[name],
      place: { folder: file.folder, env, readText },
    })
  }
  return found
}

function unknownKeys(file: ConfigFile | undefined): string[] {
  if (!file) return []
  return Object.keys(file.values)
    .filter((key) => !Object.hasOwn(settings, key))
    .map((key) => `${file.path}: ${unknownName('key', key, settingNames)}`)
}

/** No setting: it names a running gateway to the scripts under `examples/`, in the same shell perhaps. */
const clientVariable = 'GATEHOUSE_URL'

function unknownVariables(env: ConfigSources['env'], file: ConfigFile | undefined): string[] {
  const known = [configFile.env, ...settingNames.flatMap((name) => (settings[name].env ? [settings[name].env] : []))]
  const allowed = new Set([...known, clientVariable, ...Object.values(file?.values ?? {}).flatMap(namedVariables)])
  return Object.keys(env)
    .filter((name) => name.startsWith('GATEHOUSE_') && !allowed.has(name))
    .map((name) => unknownName('environment variable', name, known))
}

/** Values that are right by themselves but not together. Those with a problem already are undefined here. */
function conflicts({ host, port, apiPort, iam, insecureListen, vpcEndpoints = [] }: Partial<Config>): string[] {
  const found: string[] = []
  if (apiPort !== undefined && apiPort !== 0 && apiPort === port)
    found.push(`--api-port must differ from --port (${port})`)
  if (host !== undefined) {
    found.push(...sharedPorts(vpcEndpoints, { host, ports: [port, apiPort].flatMap((known) => known ?? []) }))
  }
  if (host !== undefined && !isLoopback(host) && iam === 'off' && insecureListen === false) {
    found.push(
      `host ${host} is open to other machines, and requests are not authenticated: anyone who reaches it could change every API and function; give --iam enforce (GATEHOUSE_IAM=enforce), or --insecure-listen (GATEHOUSE_INSECURE_LISTEN=true) if that is wanted`,
    )
  }
  return found
}

/** Values that are of use together only. */
const pairs = [
  ['rootAccessKeyId', 'rootSecretAccessKey'],
  ['accountRateLimit', 'accountBurstLimit'],
] as const

/** Halves of pairs. A value with a problem would look as if it were not given. */
function halves(config: Config): string[] {
  return pairs
    .filter(([one, other]) => (config[one] === undefined) !== (config[other] === undefined))
    .map(([one, other]) => `${one} and ${other} must be given together`)
}

/** A number of nodes that share nothing would mean nothing. */
function lonely({ nodes, redis }: Config): string[] {
  return nodes !== undefined && redis === undefined ? ['nodes is of use with redis only'] : []
}

function repeated(config: Config): string[] {
  return repeatedKeyIds(rootKeysOf(config)).map((id) => `the access key id ${id} is given for more than one root`)
}

/** The access keys of all roots, that of the configured account first. */
export function rootKeysOf({ account, rootAccessKeyId, rootSecretAccessKey, rootKeys }: Config): readonly RootKey[] {
  if (rootAccessKeyId === undefined || rootSecretAccessKey === undefined) return rootKeys
  return [{ account, accessKeyId: rootAccessKeyId, secretAccessKey: rootSecretAccessKey }, ...rootKeys]
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}
