import { insertTopLevel } from '../../apigateway/insert-top-level.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { checkedTags } from '../../apigateway/tag/tags.ts'
import { refuseLinkInUse } from '../../apigateway/vpc-link/link-use.ts'
import { scopeOf } from '../../wire/operation.ts'
import type { HttpDependencies } from '../dependencies.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { refuseLinkOfRoutes } from './route-use.ts'
import { presentVpcLinkV2, requireVpcLinkV2, vpcLinksV2 } from './vpc-link.ts'
import { reviseVpcLinkV2 } from './vpc-link-change.ts'

/** Documented: links of one account and region. */
const maxVpcLinks = 10
const maxNameLength = 128

/** The ways into private networks that integrations with a load balancer take. */
export function vpcLinkV2Operations({ store, now, newId }: HttpDependencies) {
  const nowMs = () => now().getTime()
  return {
    async CreateVpcLink({ Name: name, SubnetIds: subnetIds, SecurityGroupIds: securityGroupIds = [], Tags }, caller) {
      const scope = scopeOf(caller)
      checkName(name)
      if (subnetIds.length === 0) throw badRequest('SubnetIds cannot be empty')
      const draft = { name, subnetIds, securityGroupIds, createdDate: nowMs(), tags: checkedTags(Tags) }
      return store.write(async (transaction) => {
        const { length } = await transaction.list(vpcLinksV2, scope)
        if (length >= maxVpcLinks) throw badRequest('VPC links limit exceeded')
        const link = await insertTopLevel(transaction, vpcLinksV2, scope, () => ({ ...draft, id: newId(6) }))
        await reviseVpcLinkV2(transaction, scope, link.id)
        return presentVpcLinkV2(link, nowMs())
      })
    },

    async GetVpcLink({ VpcLinkId: vpcLinkId }, caller) {
      const link = await store.read((reader) => requireVpcLinkV2(reader, scopeOf(caller), vpcLinkId))
      return presentVpcLinkV2(link, nowMs())
    },

    async GetVpcLinks(request, caller) {
      const all = await store.read((reader) => documentsOf(reader, vpcLinksV2, scopeOf(caller), ''))
      const { Items, ...rest } = listPage(all, ({ id }) => id, request)
      return { Items: Items.map((link) => presentVpcLinkV2(link, nowMs())), ...rest }
    },

    async UpdateVpcLink({ VpcLinkId: vpcLinkId, Name: name }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireVpcLinkV2(transaction, scope, vpcLinkId)
        const link = { ...stored, ...(name !== undefined && { name }) }
        checkName(link.name)
        await transaction.put(vpcLinksV2, scope, vpcLinkId, link)
        return presentVpcLinkV2(link, nowMs())
      })
    },

    async DeleteVpcLink({ VpcLinkId: vpcLinkId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireVpcLinkV2(transaction, scope, vpcLinkId)
        await refuseLinkInUse(transaction, scope, vpcLinkId)
        await refuseLinkOfRoutes(transaction, scope, vpcLinkId)
        await transaction.delete(vpcLinksV2, scope, vpcLinkId)
        await reviseVpcLinkV2(transaction, scope, vpcLinkId)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

function checkName(name: string): void {
  if (name === '' || name.length > maxNameLength)
    throw badRequest(`Invalid name. It must have 1 to ${maxNameLength} characters`)
}
