import type { PublishedVpcLink, VpcLinkChange } from '../../snapshot/vpc-link.ts'

/** The VPC links that there are, of every account and region. */
export interface VpcLinks {
  publish(changes: readonly VpcLinkChange[]): void
  find(account: string, region: string, vpcLinkId: string): PublishedVpcLink | undefined
}

export function vpcLinks(): VpcLinks {
  const known = new Map<string, PublishedVpcLink>()
  return {
    publish(changes) {
      for (const { account, region, vpcLinkId, link } of changes) {
        const key = `${account}/${region}/${vpcLinkId}`
        if (link) known.set(key, link)
        else known.delete(key)
      }
    },
    find: (account, region, vpcLinkId) => known.get(`${account}/${region}/${vpcLinkId}`),
  }
}
