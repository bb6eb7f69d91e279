import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, required } from './client.ts'
import { type PopulatedApi, populateApi } from './populated-api.ts'

interface List {
  readonly items?: readonly object[] | Readonly<Record<string, unknown>> | undefined
  readonly position?: string | undefined
}

type Read = (page: { limit?: number; position?: string }) => Promise<List>

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'
const today = new Date().toISOString().slice(0, 10)
const day = { startDate: today, endDate: today }
const names = ['one', 'two', 'three']

describe('lists of the REST management API', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  let populated: PopulatedApi
  let usagePlanId: string
  let domainName: string

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
    populated = await populateApi(api)
    usagePlanId = await populateAccount()
    domainName = await populateDomains()
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  async function populateAccount(): Promise<string> {
    const loadBalancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/inner/0123456789abcdef'
    const plans: string[] = []
    for (const name of names) {
      await api.createRestApi({ name })
      await api.createVpcLink({ name, targetArns: [loadBalancer] })
      await api.generateClientCertificate({ description: name })
      plans.push(required((await api.createUsagePlan({ name })).id))
    }
    for (const name of names) {
      const { id: keyId } = await api.createApiKey({ name })
      await api.createUsagePlanKey({ usagePlanId: plans[0], keyId, keyType: 'API_KEY' })
    }
    return required(plans[0])
  }

  async function populateDomains(): Promise<string> {
    const { restApiId } = populated
    for (const name of names) {
      await api.createDomainName({
        domainName: `${name}.example.com`,
        certificateArn,
        endpointConfiguration: { types: ['EDGE'] },
      })
      await api.createBasePathMapping({ domainName: 'one.example.com', basePath: name, restApiId })
    }
    const { domainNameArn } = await api.createDomainName({
      domainName: 'inner.example.com',
      certificateArn,
      endpointConfiguration: { types: ['PRIVATE'] },
    })
    for (const accessAssociationSource of ['vpce-1', 'vpce-2', 'vpce-3']) {
      const association = { domainNameArn, accessAssociationSourceType: 'VPCE', accessAssociationSource } as const
      await api.createDomainNameAccessAssociation(association)
    }
    return 'one.example.com'
  }

  // All but GetSdkTypes and GetStages, whose answers have no position.
  const lists: Readonly<Record<string, Read>> = {
    getApiKeys: (page) => api.getApiKeys(page),
    getAuthorizers: (page) => api.getAuthorizers({ ...ids(), ...page }),
    getBasePathMappings: (page) => api.getBasePathMappings({ domainName, ...page }),
    getClientCertificates: (page) => api.getClientCertificates(page),
    getDeployments: (page) => api.getDeployments({ ...ids(), ...page }),
    getDocumentationParts: (page) => api.getDocumentationParts({ ...ids(), ...page }),
    getDocumentationVersions: (page) => api.getDocumentationVersions({ ...ids(), ...page }),
    getDomainNameAccessAssociations: (page) => api.getDomainNameAccessAssociations(page),
    getDomainNames: (page) => api.getDomainNames(page),
    getGatewayResponses: (page) => api.getGatewayResponses({ ...ids(), ...page }),
    getModels: (page) => api.getModels({ ...ids(), ...page }),
    getRequestValidators: (page) => api.getRequestValidators({ ...ids(), ...page }),
    getResources: (page) => api.getResources({ ...ids(), embed: ['methods'], ...page }),
    getRestApis: (page) => api.getRestApis(page),
    getUsage: (page) => api.getUsage({ usagePlanId, ...day, ...page }),
    getUsagePlanKeys: (page) => api.getUsagePlanKeys({ usagePlanId, ...page }),
    getUsagePlans: (page) => api.getUsagePlans(page),
    getVpcLinks: (page) => api.getVpcLinks(page),
  }
  const ids = () => ({ restApiId: populated.restApiId })

  for (const [name, read] of Object.entries(lists)) {
    test(`${name} gives the same one by one as all at once`, async () => {
      const all = entriesOf(await read({ limit: 500 }))
      assert.ok(all.length >= 3, `there are ${all.length}`)
      const single = []
      let position: string | undefined
      do {
        const page = await read({ limit: 1, ...(position !== undefined && { position }) })
        assert.equal(entriesOf(page).length, 1)
        single.push(...entriesOf(page))
        position = page.position
      } while (position !== undefined)
      assert.deepEqual(single, all)
      await assert.rejects(read({ position: 'no position' }), { name: 'BadRequestException' })
    })
  }
})

/** The entries of a list, or of a map, without what changes as time goes by. */
function entriesOf({ items = [] }: List): unknown[] {
  const entries: unknown[] = Array.isArray(items) ? [...items] : Object.entries(items)
  return entries.map((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    return Object.fromEntries(
      Object.entries(entry).filter(([name]) => !/^(?:domainNameS|s)tatus(?:Message)?$/.test(name)),
    )
  })
}
