import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { APIGateway } from '@aws-sdk/client-api-gateway'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { type Gatehouse, type StartOptions, startGatehouse, temporaryFolder } from '../../gatehouse.ts'
import type { Key } from '../../iam/clients.ts'

/** The account that owns the APIs, and another one; each with the key of its root. */
export const owner = {
  account: '123456789012',
  rootKey: { accessKeyId: 'AKIAGATEHOUSEROOT234', secretAccessKey: 'the-secret-of-the-root-1234567890' },
}
export const stranger = {
  account: '210987654321',
  rootKey: { accessKeyId: 'AKIAPARTNERSROOT5678', secretAccessKey: 'the-secret-of-the-partners-root-0' },
}

/** Starts a gateway that checks every management call, for two accounts. @param settings Further ones of the configuration file. */
export async function startWithTwoAccounts(settings: object = {}, options: StartOptions = {}): Promise<Gatehouse> {
  const file = join(await temporaryFolder(), 'gatehouse.json')
  const rootKeys = [{ account: stranger.account, accessKeyIdEnv: 'PARTNER_ID', secretAccessKeyEnv: 'PARTNER_SECRET' }]
  await writeFile(file, JSON.stringify({ rootKeys, ...settings }))
  return startGatehouse({
    ...options,
    args: ['--iam', 'enforce', '--config', file, ...(options.args ?? [])],
    env: {
      GATEHOUSE_ROOT_ACCESS_KEY_ID: owner.rootKey.accessKeyId,
      GATEHOUSE_ROOT_SECRET_ACCESS_KEY: owner.rootKey.secretAccessKey,
      PARTNER_ID: stranger.rootKey.accessKeyId,
      PARTNER_SECRET: stranger.rootKey.secretAccessKey,
      ...options.env,
    },
  })
}

/** The SDK's clients of one account. */
export function clientsBy(credentials: Key, endpoint: string) {
  const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  return {
    url: endpoint,
    region: 'us-east-1',
    apigateway: new APIGateway(settings),
    lambda: new LambdaClient(settings),
  }
}
