import { IAM } from '@aws-sdk/client-iam'
import { STS } from '@aws-sdk/client-sts'

/** An access key, and the token of a session's. */
export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Any key that was not given out stands for the account's root. */
const rootKey: Key = { accessKeyId: 'test', secretAccessKey: 'test' }

/** The SDK's client of IAM: every call is one request, so that refusals are seen at once. */
export function connectIam(endpoint: string, credentials: Key = rootKey): IAM {
  return new IAM({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
}

/** The SDK's client of STS. */
export function connectSts(endpoint: string, credentials: Key = rootKey): STS {
  return new STS({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
}

interface Recording {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<unknown>,
        context: { commandName?: string },
      ) => (args: never) => Promise<unknown>,
      options: { step: 'initialize' },
    ): void
  }
}

/** @returns the names of the operations that have been answered so far without an error. */
export function recordAnswers(client: object): ReadonlySet<string> {
  const answered = new Set<string>()
  const { middlewareStack } = client as Recording
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const output = await next(args)
        answered.add(commandName.replace(/Command$/, ''))
        return output
      },
    { step: 'initialize' },
  )
  return answered
}

/** A document that allows an action on everything. */
export function allowing(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
}

/** A trust policy for an account's root, which stands for everybody in it. */
export function trusting(principal: object, action = 'sts:AssumeRole', condition?: object): string {
  const statement = {
    Effect: 'Allow',
    Principal: principal,
    Action: action,
    ...(condition && { Condition: condition }),
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** A member that every answer of the kind has. */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The gateway left a required member out of its answer')
  return value
}

/** A key as `CreateAccessKey` answers it, or a session's credentials. */
interface Answered {
  readonly AccessKeyId: string | undefined
  readonly SecretAccessKey: string | undefined
  readonly SessionToken?: string | undefined
}

export function keyOf(answered: Answered | undefined): Key {
  const { AccessKeyId, SecretAccessKey, SessionToken } = required(answered)
  return {
    accessKeyId: required(AccessKeyId),
    secretAccessKey: required(SecretAccessKey),
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
  }
}
