import { collection, type Transaction } from '../../storage/store.ts'

/** Who owns a public domain name. Documented: it is unique within a region across all accounts. */
const publicNames = collection<{ readonly scope: string }>('public-domain-name')
const everywhere = 'global'

/** Takes a name. @returns `false` when it is taken in the region already. */
export async function claimPublicName(transaction: Transaction, scope: string, domainName: string): Promise<boolean> {
  return transaction.insert(publicNames, everywhere, keyOf(scope, domainName), { scope })
}

/** Gives a name back. */
export async function releasePublicName(transaction: Transaction, scope: string, domainName: string): Promise<void> {
  await transaction.delete(publicNames, everywhere, keyOf(scope, domainName))
}

function keyOf(scope: string, domainName: string): string {
  const [, region = ''] = scope.split('/')
  return `${region}/${domainName}`
}
