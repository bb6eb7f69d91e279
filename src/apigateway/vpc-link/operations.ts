import { parseArn } from '../../wire/arn.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText, text } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertTopLevel } from '../insert-top-level.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, limitExceeded } from '../refusal.ts'
import { checkedTags } from '../tag/tags.ts'
import { linkStatus } from './link-status.ts'
import { refuseLinkInUse } from './link-use.ts'
import { presentListedVpcLink, presentVpcLink, requireVpcLink, type VpcLinkRecord, vpcLinks } from './vpc-link.ts'
import { reviseVpcLink } from './vpc-link-change.ts'

/** Documented: links of one account and region. */
const maxVpcLinks = 20
/** How long a new link is pending: clients wait for the status that follows. */
const pendingMs = 1000

/** What `UpdateVpcLink` accepts. */
const vpcLinkPatch: PatchTable<VpcLinkRecord> = {
  refuse: strictPaths,
  rules: [
    text('/name', 'name'),
    optionalText('/description', 'description'),
    // Observed.
    { path: '/targetArns', refuse: () => 'Target arns are not allowed to be changed/added.' },
    { path: '/targetArns/{index}', refuse: () => 'Target arns are not allowed to be changed/added.' },
  ],
}

/** The ways to private backends. */
export function vpcLinkOperations({ store, now, newId, vpcLinkTargets }: Dependencies) {
  const nowMs = () => now().getTime()
  const statusOf = (link: VpcLinkRecord) => linkStatus(link, vpcLinkTargets, nowMs())
  return {
    async CreateVpcLink({ name, description, targetArns, tags }, caller) {
      const scope = scopeOf(caller)
      checkName(name)
      checkTargets(targetArns)
      const draft = {
        name,
        ...(description && { description }),
        targetArns,
        availableDate: nowMs() + pendingMs,
        tags: checkedTags(tags),
      }
      return store.write(async (transaction) => {
        const { length } = await transaction.list(vpcLinks, scope)
        if (length >= maxVpcLinks) throw limitExceeded('VPC links limit exceeded')
        const link = await insertTopLevel(transaction, vpcLinks, scope, () => ({ ...draft, id: newId(6) }))
        await reviseVpcLink(transaction, scope, link.id)
        return presentListedVpcLink(link, statusOf(link))
      })
    },

    async GetVpcLink({ vpcLinkId }, caller) {
      const link = await store.read((reader) => requireVpcLink(reader, scopeOf(caller), vpcLinkId))
      return presentVpcLink(link, statusOf(link))
    },

    async GetVpcLinks(request, caller) {
      const entries = await store.read((reader) => reader.list(vpcLinks, scopeOf(caller)))
      const found = entries.map(({ document }) => document)
      const { items, ...rest } = page(found, ({ id }) => id, request)
      return { items: items.map((link) => presentListedVpcLink(link, statusOf(link))), ...rest }
    },

    async UpdateVpcLink({ vpcLinkId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireVpcLink(transaction, scope, vpcLinkId)
        const link = applyPatch(vpcLinkPatch, stored, patchOperations)
        checkName(link.name)
        await transaction.put(vpcLinks, scope, vpcLinkId, link)
        return presentVpcLink(link, statusOf(link))
      })
    },

    async DeleteVpcLink({ vpcLinkId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireVpcLink(transaction, scope, vpcLinkId)
        await refuseLinkInUse(transaction, scope, vpcLinkId)
        await transaction.delete(vpcLinks, scope, vpcLinkId)
        await reviseVpcLink(transaction, scope, vpcLinkId)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

function checkName(name: string): void {
  if (name === '') throw badRequest('Name cannot be empty')
}

function checkTargets([target, ...more]: readonly string[]): void {
  if (target === undefined) throw badRequest('No target arn specified for vpc link.')
  if (more.length > 0) throw badRequest('More than one target arn specified for vpc link.')
  const arn = parseArn(target)
  if (arn?.service !== 'elasticloadbalancing' || !arn.resource.startsWith('loadbalancer/')) {
    throw badRequest(`Invalid ARN. ARN is not well formed ${target}`)
  }
}
