import { hash } from 'node:crypto'
import type { Cipher } from '../../secrets/cipher.ts'
import type { ApiKeyChange, KeyPlan } from '../../snapshot/api-key.ts'
import type { Reader } from '../../storage/store.ts'
import { usageGrants } from '../usage/grant.ts'
import { plansOfKey } from '../usage-plan/association.ts'
import { type ApiKeyRecord, apiKeys } from './api-key.ts'

type Opening = Pick<Cipher, 'open'>

/** Reads what the data plane must know of one key. */
export async function readApiKeyChange(
  reader: Reader,
  scope: string,
  keyId: string,
  cipher: Opening,
): Promise<ApiKeyChange> {
  const [account = '', region = ''] = scope.split('/')
  const key = await reader.get(apiKeys, scope, keyId)
  if (!key) return { account, region, keyId }
  return { account, region, keyId, key: await publishedKey(reader, scope, key, cipher) }
}

/** Reads every key of every account and region. */
export async function listApiKeyChanges(reader: Reader, cipher: Opening): Promise<ApiKeyChange[]> {
  const changes: ApiKeyChange[] = []
  for (const scope of await reader.scopes(apiKeys)) {
    const [account = '', region = ''] = scope.split('/')
    for (const { document } of await reader.list(apiKeys, scope)) {
      const key = await publishedKey(reader, scope, document, cipher)
      changes.push({ account, region, keyId: document.id, key })
    }
  }
  return changes
}

async function publishedKey(reader: Reader, scope: string, key: ApiKeyRecord, cipher: Opening) {
  const planIds = await plansOfKey(reader, scope, key.id)
  const plans = planIds.map(async (planId): Promise<KeyPlan> => {
    const grant = await reader.get(usageGrants, scope, `${planId}/${key.id}`)
    return { planId, ...(grant && { grant: { start: grant.start, limit: grant.limit } }) }
  })
  const digest = hash('sha256', cipher.open(key.sealedValue), 'base64url')
  return { digest, enabled: key.enabled, plans: await Promise.all(plans) }
}
