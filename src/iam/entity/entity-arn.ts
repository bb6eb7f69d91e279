import type { Store } from '../../storage/store.ts'
import { groups } from '../group/group.ts'
import { roles } from '../role/role.ts'
import { users } from '../user/user.ts'
import { type EntityRecord, findEntity } from './entity.ts'

const kinds = { user: users, group: groups, role: roles } as const

/** Finds the ARN of a user, group or role by its name; `undefined` when there is none. */
export function entityArns(store: Store) {
  return async (noun: keyof typeof kinds, account: string, name: string): Promise<string | undefined> =>
    (await store.read((reader) => findEntity<EntityRecord>(reader, kinds[noun], { account }, name)))?.arn
}
