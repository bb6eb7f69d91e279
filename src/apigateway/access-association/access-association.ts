import type { AccessAssociationSourceType, DomainNameAccessAssociation } from '@aws-sdk/client-api-gateway'
import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { formatArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'

/** That callers behind a VPC endpoint may reach a private domain name. */
export interface AccessAssociationRecord {
  readonly domainNameAccessAssociationArn: string
  readonly domainNameArn: string
  readonly accessAssociationSourceType: AccessAssociationSourceType
  /** Id of the VPC endpoint. */
  readonly accessAssociationSource: string
  readonly tags: Record<string, string>
}

/** By ARN. */
export const accessAssociations = collection<AccessAssociationRecord>('domain-name-access-association')

/** The service names an association by the domain name without its id: a VPC endpoint sees one of each name. */
export function arnOfAssociation({ account, region }: Caller, domainName: string, source: string): string {
  const resource = `/domainnameaccessassociations/domainname/${domainName}/vpcesource/${source}`
  return formatArn({ service: 'apigateway', region, account, resource })
}

/** @throws {ServiceError} `NotFoundException` for an ARN that names no association of the caller's account and region. */
export async function requireAssociation(
  reader: Reader,
  caller: Caller,
  arn: string,
): Promise<AccessAssociationRecord> {
  const association = await reader.get(accessAssociations, scopeOf(caller), arn)
  if (!association) throw notFound('Invalid domain name access association identifier specified')
  return association
}

/** The answer of every association operation. */
export function presentAssociation(association: AccessAssociationRecord): DomainNameAccessAssociation {
  return { ...association, tags: nonEmpty(association.tags) }
}

/** Deletes what leads to a domain name that is going, whoever made it. */
export async function deleteAssociationsOf(transaction: Transaction, domainNameArn: string): Promise<void> {
  for (const scope of await transaction.scopes(accessAssociations)) {
    for (const { key, document } of await transaction.list(accessAssociations, scope)) {
      if (document.domainNameArn === domainNameArn) await transaction.delete(accessAssociations, scope, key)
    }
  }
}
