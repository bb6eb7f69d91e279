import { requiredCredentials } from './credentials.ts'
import { type Kind, matching, type Outcome } from './kind.ts'
import { accessKeyId, secretAccessKey } from './root-key.ts'
import { listOf, objectOf, required, within } from './structure.ts'

/** The access key of an account's root, who may do everything in the account. */
export interface RootKey {
  /** Twelve digits. */
  readonly account: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Twelve digits name an account. */
export const accountId = matching(/^\d{12}$/, 'a text of 12 digits', '<account>')

const { accessKeyIdEnv, secretAccessKeyEnv } = requiredCredentials

const entry = objectOf(
  { account: required(accountId), accessKeyIdEnv, secretAccessKeyEnv } as const,
  ({ account, accessKeyIdEnv: id, secretAccessKeyEnv: secret }): Outcome<RootKey> => {
    const isId = accessKeyId.parse(id, nowhere)
    const isSecret = secretAccessKey.parse(secret, nowhere)
    const problems = [
      ...('problems' in isId ? [within('.accessKeyIdEnv', `must name ${accessKeyId.expected}`)] : []),
      ...('problems' in isSecret ? [within('.secretAccessKeyEnv', `must name ${secretAccessKey.expected}`)] : []),
    ]
    return problems.length > 0 ? { problems } : { value: { account, accessKeyId: id, secretAccessKey: secret } }
  },
)

/** Texts need no place. */
const nowhere = { folder: '', env: {}, readText: () => '' }

/** A list of roots' access keys as the configuration file gives it; the secrets come from the environment variables that it names. */
export const rootKeyList: Kind<readonly RootKey[]> = listOf(
  entry,
  'a list of objects with account and the names of secrets',
)

/** Keys that are the same: nobody could tell who signed. */
export function repeatedKeyIds(keys: readonly RootKey[]): string[] {
  const ids = keys.map((key) => key.accessKeyId)
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}
