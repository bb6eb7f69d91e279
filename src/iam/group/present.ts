import type { Group } from '@aws-sdk/client-iam'
import type { GroupRecord } from './group.ts'

export function presentGroup({ path, name, id, arn, createdAt }: GroupRecord): Group {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: new Date(createdAt) }
}
