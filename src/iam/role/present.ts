import type { Role } from '@aws-sdk/client-iam'
import { presentBoundary } from '../entity/boundary.ts'
import { encodeDocument } from '../policy-document.ts'
import { presentTags } from '../tag/tags.ts'
import type { RoleRecord } from './role.ts'

/** A role as lists show it: without boundary and tags (documented). */
export function presentListedRole(role: RoleRecord): Role {
  const { path, name, id, arn, createdAt, trustPolicy, description, maxSessionSeconds } = role
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: encodeDocument(trustPolicy),
    ...(description !== undefined && { Description: description }),
    MaxSessionDuration: maxSessionSeconds,
  }
}

export function presentRole(role: RoleRecord): Role {
  return {
    ...presentListedRole(role),
    ...presentBoundary(role),
    ...(role.tags.length > 0 && { Tags: presentTags(role.tags) }),
  }
}
