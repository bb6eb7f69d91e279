import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'

/** API keys, usage plans and usage. */
export async function walkUsage(api: APIGateway): Promise<void> {
  const created = await api.createApiKey({ name: 'mobile', enabled: true })
  const apiKey = required(created.id)
  assert.match(created.value ?? '', /^[A-Za-z0-9]{40}$/)
  assert.equal((await api.getApiKey({ apiKey })).value, undefined)
  assert.equal((await api.getApiKey({ apiKey, includeValue: true })).value, created.value)
  await api.updateApiKey({ apiKey, patchOperations: [replace('/description', 'Phones')] })
  assert.deepEqual(
    (await api.getApiKeys({ nameQuery: 'mob' })).items?.map(({ description }) => description),
    ['Phones'],
  )
  const csv = 'name,key\ndesktop,abcdefghij0123456789abcdefghij\n'
  const { ids = [] } = await api.importApiKeys({ format: 'csv', body: new TextEncoder().encode(csv) })
  assert.equal(ids.length, 1)

  const quota = { limit: 10, period: 'MONTH' } as const
  const usagePlanId = required((await api.createUsagePlan({ name: 'basic', quota })).id)
  await api.updateUsagePlan({ usagePlanId, patchOperations: [replace('/throttle/rateLimit', '5')] })
  assert.equal((await api.getUsagePlan({ usagePlanId })).throttle?.rateLimit, 5)
  const member = { usagePlanId, keyId: apiKey }
  assert.equal((await api.createUsagePlanKey({ ...member, keyType: 'API_KEY' })).value, created.value)
  assert.equal((await api.getUsagePlanKey(member)).name, 'mobile')
  assert.equal((await api.getUsagePlanKeys({ usagePlanId })).items?.length, 1)
  assert.equal((await api.getUsagePlans({ keyId: apiKey })).items?.length, 1)
  await walkDays(api, member)

  await api.deleteUsagePlanKey(member)
  await assert.rejects(api.getUsagePlanKey(member), { name: 'NotFoundException' })
  await api.deleteUsagePlan({ usagePlanId })
  await assert.rejects(api.getUsagePlan({ usagePlanId }), { message: 'Invalid Usage Plan ID specified' })
  for (const id of [apiKey, ...ids]) await api.deleteApiKey({ apiKey: id })
  await assert.rejects(api.getApiKey({ apiKey }), { message: 'Invalid API Key identifier specified' })
}

async function walkDays(api: APIGateway, member: { usagePlanId: string; keyId: string }): Promise<void> {
  const { items, startDate = '' } = await api.updateUsage({ ...member, patchOperations: [replace('/remaining', '7')] })
  assert.deepEqual(items, { [member.keyId]: [[0, 7]] })
  const { usagePlanId } = member
  const usage = await api.getUsage({ usagePlanId, startDate, endDate: startDate })
  assert.deepEqual(usage.items, { [member.keyId]: [[0, 7]] })
}
