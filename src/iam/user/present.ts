import type { User } from '@aws-sdk/client-iam'
import { presentBoundary } from '../entity/boundary.ts'
import { presentTags } from '../tag/tags.ts'
import type { UserRecord } from './user.ts'

/** A user as lists show it: without boundary and tags (documented). */
export function presentListedUser({ path, name, id, arn, createdAt }: UserRecord): User {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: new Date(createdAt) }
}

export function presentUser(user: UserRecord): User {
  return {
    ...presentListedUser(user),
    ...presentBoundary(user),
    ...(user.tags.length > 0 && { Tags: presentTags(user.tags) }),
  }
}
