import { collection, type Transaction } from '../../storage/store.ts'
import { badRequest } from '../refusal.ts'

/** Who owns a public domain name. Documented: it is unique within a region across all accounts. */
const publicNames = collection<{ readonly scope: string }>('public-domain-name')
const everywhere = 'global'

/** @throws {ServiceError} `BadRequestException` when the name is taken in the region. */
export async function claimPublicName(transaction: Transaction, scope: string, domainName: string): Promise<void> {
  if (await transaction.insert(publicNames, everywhere, keyOf(scope, domainName), { scope })) return
  throw badRequest('The domain name you provided already exists.')
}

/** Gives a name back. */
export async function releasePublicName(transaction: Transaction, scope: string, domainName: string): Promise<void> {
  await transaction.delete(publicNames, everywhere, keyOf(scope, domainName))
}

function keyOf(scope: string, domainName: string): string {
  const [, region = ''] = scope.split('/')
  return `${region}/${domainName}`
}
