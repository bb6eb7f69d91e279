import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { EntityKind, EntityRecord } from '../entity/entity.ts'
import { groups } from '../group/group.ts'
import type { IamInput, IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { roles } from '../role/role.ts'
import { iamScope } from '../scope.ts'
import { users } from '../user/user.ts'
import { listAttachments } from './attachments.ts'
import { loadPolicy } from './managed-policy.ts'

type Noun = EntityKind<EntityRecord>['noun']

export function policyEntityOperations({ store }: IamDependencies) {
  return {
    ListEntitiesForPolicy: ({ PolicyArn, ...input }, caller) =>
      store.read(async (reader) => {
        const policy = await loadPolicy(reader, caller, PolicyArn)
        const found = await entitiesOf(reader, caller, policy.id, input)
        const { items, position } = page(found, ({ key }) => key, input)
        const of = (noun: Noun) => items.filter((item) => item.noun === noun).map(({ entity }) => entity)
        return {
          PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
          PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
          PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
          ...position,
        }
      }),
  } satisfies Partial<IamOperations>
}

interface FoundEntity {
  readonly noun: Noun
  readonly entity: EntityRecord
  /** Its place in the list. */
  readonly key: string
}

const nounOf: Readonly<Record<string, Noun>> = { User: 'user', Group: 'group', Role: 'role' }

async function entitiesOf(
  reader: Reader,
  caller: Caller,
  policyId: string,
  { EntityFilter, PathPrefix = '/', PolicyUsageFilter }: Omit<IamInput<'ListEntitiesForPolicy'>, 'PolicyArn'>,
): Promise<FoundEntity[]> {
  const scope = iamScope(caller)
  const usage = PolicyUsageFilter && (PolicyUsageFilter === 'PermissionsBoundary' ? 'boundary' : 'policy')
  const wanted = EntityFilter && nounOf[EntityFilter]
  const found = new Map<string, FoundEntity>()
  for (const { noun, entityId } of await listAttachments(reader, scope, policyId, usage)) {
    const entity = await load(reader, scope, noun, entityId)
    const key = `${noun}/${entityId}`
    const isWanted = EntityFilter === undefined || noun === wanted
    if (entity && isWanted && entity.path.startsWith(PathPrefix)) found.set(key, { noun, entity, key })
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function load(reader: Reader, scope: string, noun: Noun, id: string): Promise<EntityRecord | undefined> {
  const kinds = { user: users, group: groups, role: roles }
  return reader.get<EntityRecord>(kinds[noun].collection, scope, id)
}
