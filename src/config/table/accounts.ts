import { oneOf } from '../kind.ts'
import { region } from '../network.ts'
import { accessKeyId, secretAccessKey } from '../root-key.ts'
import { accountId, rootKeyList } from '../root-key-list.ts'
import { setting, withoutDefault } from '../setting.ts'

/** Whose resources there are, and who may manage them. */
export const accounts = {
  region: setting({
    flag: '--region',
    env: 'GATEHOUSE_REGION',
    kind: region,
    default: () => 'us-east-1',
    description: 'AWS region of requests that name none',
    example: 'eu-central-1',
  }),
  account: setting({
    flag: '--account',
    env: 'GATEHOUSE_ACCOUNT',
    kind: accountId,
    default: () => '123456789012',
    description: 'AWS account that owns all resources',
    example: '123456789012',
  }),
  iam: setting({
    flag: '--iam',
    env: 'GATEHOUSE_IAM',
    kind: oneOf(['off', 'enforce']),
    default: () => 'off',
    description:
      'Whether management calls need a signature and a policy that allows them; `off` takes any access key, which is for this machine alone',
    example: 'enforce',
  }),
  rootAccessKeyId: setting({
    flag: '--root-access-key-id',
    env: 'GATEHOUSE_ROOT_ACCESS_KEY_ID',
    kind: withoutDefault(accessKeyId),
    default: () => undefined,
    defaultText: 'none',
    description: 'Access key id of the account’s root, who may do everything; `rootSecretAccessKey` goes with it',
    example: 'AKIAGATEHOUSEROOT234',
  }),
  rootSecretAccessKey: setting({
    env: 'GATEHOUSE_ROOT_SECRET_ACCESS_KEY',
    kind: withoutDefault(secretAccessKey),
    default: () => undefined,
    defaultText: 'none',
    description: 'Secret of `rootAccessKeyId`; it has no flag, for other users of a machine can read its command lines',
    example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }),
  rootKeys: setting({
    kind: rootKeyList,
    default: () => [],
    defaultText: 'none',
    description:
      'Access keys of the roots of further accounts, beside `rootAccessKeyId`: with one of them, an account has its own users and APIs',
    example: [
      {
        account: '210987654321',
        accessKeyIdEnv: 'PARTNER_ROOT_ACCESS_KEY_ID',
        secretAccessKeyEnv: 'PARTNER_ROOT_SECRET_ACCESS_KEY',
      },
    ],
  }),
} as const
