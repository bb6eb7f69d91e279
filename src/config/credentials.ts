import { type Kind, wrong } from './kind.ts'
import { isObject, optional, required } from './structure.ts'

/** An AWS access key. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

/** A secret, of which the file has the name of its environment variable only. */
const secret: Kind<string> = {
  expected: 'the name of an environment variable',
  fromText: (text) => text,
  parse(value, { env }) {
    if (typeof value !== 'string' || !/^\w+$/.test(value)) return wrong(this, value)
    const text = env[value]
    return text ? { value: text } : { problems: [`names the environment variable ${value}, which is not set`] }
  },
}

/** The members of an entry that may have an access key. */
export const optionalCredentials = {
  accessKeyIdEnv: optional(secret, ['secretAccessKeyEnv', 'sessionTokenEnv']),
  secretAccessKeyEnv: optional(secret, ['accessKeyIdEnv', 'sessionTokenEnv']),
  sessionTokenEnv: optional(secret),
} as const

/** The members of an entry that must have one. */
export const requiredCredentials = {
  accessKeyIdEnv: required(secret),
  secretAccessKeyEnv: required(secret),
  sessionTokenEnv: optional(secret),
} as const

/** An access key of its parts. */
export function credentialsOf(
  accessKeyId: string,
  secretAccessKey: string,
  sessionToken: string | undefined,
): Credentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
}

/** The environment variables that a setting's entries name: not settings, whatever they are called. */
export function namedVariables(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    if (!isObject(entry)) return []
    return Object.keys(requiredCredentials).flatMap((name) => {
      const variable = entry[name]
      return typeof variable === 'string' ? [variable] : []
    })
  })
}
