import type { VpcLinkChange } from '../../snapshot/vpc-link.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { vpcLinksV2 } from './vpc-link.ts'

/** The topic of the revisions that tell of new and deleted V2 links; their keys are the links' ids. */
export const vpcLinkV2Topic = 'vpc-link-v2'

/** Tells the data plane that a link has come or gone. */
export async function reviseVpcLinkV2(transaction: Transaction, scope: string, vpcLinkId: string): Promise<void> {
  await transaction.revise(vpcLinkV2Topic, scope, vpcLinkId)
}

/** Reads what the data plane must know of one link. @param key Its id. */
export async function readVpcLinkV2Change(reader: Reader, scope: string, key: string): Promise<VpcLinkChange> {
  return change(scope, key, (await reader.get(vpcLinksV2, scope, key)) !== undefined)
}

/** Reads every link of every account and region: what a data plane that starts has to know. */
export async function listVpcLinkV2Changes(reader: Reader): Promise<VpcLinkChange[]> {
  const changes: VpcLinkChange[] = []
  for (const scope of await reader.scopes(vpcLinksV2)) {
    for (const { key } of await reader.list(vpcLinksV2, scope)) changes.push(change(scope, key, true))
  }
  return changes
}

function change(scope: string, vpcLinkId: string, exists: boolean): VpcLinkChange {
  const [account = '', region = ''] = scope.split('/')
  return { account, region, vpcLinkId, ...(exists && { link: { version: 'V2', targetArns: [] } }) }
}
