import type { Policy, PolicyVersion } from '@aws-sdk/client-iam'
import type { Reader } from '../../storage/store.ts'
import { encodeDocument } from '../policy-document.ts'
import { presentTags } from '../tag/tags.ts'
import { listAttachments } from './attachments.ts'
import type { PolicyRecord, PolicyVersionRecord } from './managed-policy.ts'

/** A policy as lists show it: without description and tags (documented). */
export async function presentListedPolicy(reader: Reader, scope: string, policy: PolicyRecord): Promise<Policy> {
  const attachments = await listAttachments(reader, scope, policy.id)
  const count = (wanted: string) => attachments.filter(({ usage }) => usage === wanted).length
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: count('policy'),
    PermissionsBoundaryUsageCount: count('boundary'),
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}

export async function presentPolicy(reader: Reader, scope: string, policy: PolicyRecord): Promise<Policy> {
  return {
    ...(await presentListedPolicy(reader, scope, policy)),
    ...(policy.description !== undefined && { Description: policy.description }),
    ...(policy.tags.length > 0 && { Tags: presentTags(policy.tags) }),
  }
}

/** A version as lists show it: without its document (documented). */
export function presentListedVersion(
  { defaultVersionId }: PolicyRecord,
  { id, createdAt }: PolicyVersionRecord,
): PolicyVersion {
  return { VersionId: id, IsDefaultVersion: id === defaultVersionId, CreateDate: new Date(createdAt) }
}

export function presentVersion(policy: PolicyRecord, version: PolicyVersionRecord): PolicyVersion {
  return { Document: encodeDocument(version.document), ...presentListedVersion(policy, version) }
}
