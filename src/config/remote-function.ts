import { type Kind, type Outcome, type Place, wrong } from './kind.ts'
import { unknownName } from './nearest.ts'

/** Functions that live behind an endpoint which speaks Lambda's Invoke. */
export interface RemoteFunction {
  /** Pattern over full function ARNs: `*` stands for any text, `?` for one character. */
  readonly arn: string
  /** Base URL of the Lambda endpoint. */
  readonly endpoint: string
  /** Region to sign for; the one of the function's ARN unless set. */
  readonly region?: string
  /** Unset: calls are not signed. */
  readonly credentials?: RemoteCredentials
}

export interface RemoteCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

const arnPattern = /^(\*|arn:[\w*?:$-]+)$/

const members = {
  arn: { pattern: arnPattern, expected: 'a function ARN, in which * and ? stand for any text and any character' },
  endpoint: { pattern: /^https?:\/\/./, expected: 'an http or https URL' },
  region: { pattern: regionPattern, expected: 'a region such as us-east-1' },
  accessKeyIdEnv: { pattern: /^\w+$/, expected: 'the name of an environment variable' },
  secretAccessKeyEnv: { pattern: /^\w+$/, expected: 'the name of an environment variable' },
  sessionTokenEnv: { pattern: /^\w+$/, expected: 'the name of an environment variable' },
} as const

type MemberName = keyof typeof members
const names = Object.keys(members).filter((name): name is MemberName => name in members)
const credentialNames = ['accessKeyIdEnv', 'secretAccessKeyEnv', 'sessionTokenEnv'] as const

/** A list of remote functions as the configuration file gives it; the secrets come from the environment variables that it names. */
export const remoteFunctionList: Kind<readonly RemoteFunction[]> = {
  expected: 'a list of objects with arn and endpoint',
  fromText: (text) => text,
  parse(value, place) {
    if (!Array.isArray(value)) return wrong(this, value)
    const outcomes = value.map((entry: unknown, index) => ({ index, outcome: parseEntry(entry, place) }))
    const problems = outcomes.flatMap(({ index, outcome }) =>
      'problems' in outcome ? outcome.problems.map((problem) => `[${index}]${problem}`) : [],
    )
    if (problems.length > 0) return { problems }
    return { value: outcomes.flatMap(({ outcome }) => ('value' in outcome ? [outcome.value] : [])) }
  },
}

/** The environment variables that the entries name: not settings, whatever they are called. */
export function namedVariables(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const given = isObject(entry) ? entry : {}
    return credentialNames.map((name) => given[name]).filter((name) => typeof name === 'string')
  })
}

function parseEntry(entry: unknown, { env }: Place): Outcome<RemoteFunction> {
  if (!isObject(entry)) return { problems: [` must be an object, not ${JSON.stringify(entry)}`] }
  const problems = Object.keys(entry)
    .filter((name) => !(name in members))
    .map((name) => ` ${unknownName('member', name, names)}`)
  const read = (name: MemberName, required = false): string | undefined => {
    const value = entry[name]
    if (value === undefined && !required) return undefined
    const { pattern, expected } = members[name]
    if (typeof value === 'string' && pattern.test(value) && (name !== 'endpoint' || URL.canParse(value))) return value
    problems.push(
      `.${name} must be ${expected}, ${value === undefined ? 'and is missing' : `not ${JSON.stringify(value)}`}`,
    )
    return undefined
  }
  const readSecret = (name: MemberName, required: boolean): string | undefined => {
    const variable = read(name, required)
    if (variable !== undefined && !env[variable]) {
      problems.push(`.${name} names the environment variable ${variable}, which is not set`)
    }
    return variable === undefined ? undefined : env[variable]
  }

  const signed = credentialNames.some((name) => entry[name] !== undefined)
  const arn = read('arn', true)
  const endpoint = read('endpoint', true)
  const region = read('region')
  const accessKeyId = readSecret('accessKeyIdEnv', signed)
  const secretAccessKey = readSecret('secretAccessKeyEnv', signed)
  const sessionToken = readSecret('sessionTokenEnv', false)

  if (problems.length > 0 || arn === undefined || endpoint === undefined) return { problems }
  const target = region === undefined ? { arn, endpoint } : { arn, endpoint, region }
  if (accessKeyId === undefined || secretAccessKey === undefined) return { value: target }
  const keys = { accessKeyId, secretAccessKey }
  return { value: { ...target, credentials: sessionToken === undefined ? keys : { ...keys, sessionToken } } }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
