import type { VpcLinkChange } from '../../snapshot/vpc-link.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { vpcLinks } from './vpc-link.ts'

/** The topic of the revisions that tell of new and deleted VPC links; their keys are the links' ids. */
export const vpcLinkTopic = 'vpc-link'

/** Tells the data plane that a link has come or gone. */
export async function reviseVpcLink(transaction: Transaction, scope: string, vpcLinkId: string): Promise<void> {
  await transaction.revise(vpcLinkTopic, scope, vpcLinkId)
}

/** Reads what the data plane must know of one link. @param key Its id. */
export async function readVpcLinkChange(reader: Reader, scope: string, key: string): Promise<VpcLinkChange> {
  const link = await reader.get(vpcLinks, scope, key)
  return change(scope, key, link?.targetArns)
}

/** Reads every link of every account and region: what a data plane that starts has to know. */
export async function listVpcLinkChanges(reader: Reader): Promise<VpcLinkChange[]> {
  const changes: VpcLinkChange[] = []
  for (const scope of await reader.scopes(vpcLinks)) {
    for (const { key, document } of await reader.list(vpcLinks, scope)) {
      changes.push(change(scope, key, document.targetArns))
    }
  }
  return changes
}

function change(scope: string, vpcLinkId: string, targetArns: readonly string[] | undefined): VpcLinkChange {
  const [account = '', region = ''] = scope.split('/')
  return { account, region, vpcLinkId, ...(targetArns && { link: { version: 'V1', targetArns } }) }
}
