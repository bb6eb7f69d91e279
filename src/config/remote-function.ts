import { type Credentials, credentialsOf, optionalCredentials } from './credentials.ts'
import { type Kind, matching } from './kind.ts'
import { httpUrl, region } from './network.ts'
import { listOf, objectOf, optional, required } from './structure.ts'

/** Functions that live behind an endpoint which speaks Lambda's Invoke. */
export interface RemoteFunction {
  /** Pattern over full function ARNs: `*` stands for any text, `?` for one character. */
  readonly arn: string
  /** Base URL of the Lambda endpoint. */
  readonly endpoint: string
  /** Region to sign for; the one of the function's ARN unless set. */
  readonly region?: string
  /** Unset: calls are not signed. */
  readonly credentials?: Credentials
}

const functionArns = matching(
  /^(\*|arn:[\w*?:$-]+)$/,
  'a function ARN, in which * and ? stand for any text and any character',
  '<arn>',
)

const members = {
  arn: required(functionArns),
  endpoint: required(httpUrl),
  region: optional(region),
  ...optionalCredentials,
} as const

const entry = objectOf(
  members,
  ({ arn, endpoint, region: signed, accessKeyIdEnv: id, secretAccessKeyEnv: key, ...rest }) => {
    const value: RemoteFunction = {
      arn,
      endpoint,
      ...(signed !== undefined && { region: signed }),
      ...(id !== undefined && key !== undefined && { credentials: credentialsOf(id, key, rest.sessionTokenEnv) }),
    }
    return { value }
  },
)

/** A list of remote functions as the configuration file gives it; the secrets come from the environment variables that it names. */
export const remoteFunctionList: Kind<readonly RemoteFunction[]> = listOf(
  entry,
  'a list of objects with arn and endpoint',
)
