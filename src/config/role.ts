import { type Credentials, credentialsOf, requiredCredentials } from './credentials.ts'
import { type Kind, matching } from './kind.ts'
import { listOf, objectOf, required } from './structure.ts'

/** Whose access key the integrations of a role sign with. */
export interface Role {
  /** Pattern over role ARNs: `*` stands for any text, `?` for one character. */
  readonly arn: string
  readonly credentials: Credentials
}

const roleArns = matching(
  /^(\*|arn:[\w*?:/+=,.@-]+)$/,
  'a role ARN, in which * and ? stand for any text and any character',
  '<arn>',
)

const members = { arn: required(roleArns), ...requiredCredentials } as const

const entry = objectOf(members, ({ arn, accessKeyIdEnv, secretAccessKeyEnv, sessionTokenEnv }) => {
  const value: Role = { arn, credentials: credentialsOf(accessKeyIdEnv, secretAccessKeyEnv, sessionTokenEnv) }
  return { value }
})

/** A list of roles as the configuration file gives it; the secrets come from the environment variables that it names. */
export const roleList: Kind<readonly Role[]> = listOf(entry, 'a list of objects with arn and the names of secrets')
