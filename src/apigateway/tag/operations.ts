import type { Reader, Transaction } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest } from '../refusal.ts'
import { requireRestApi, restApis } from '../rest-api/rest-api.ts'
import { requireStage, stages } from '../stage/stage.ts'
import { checkedTags, type Tags } from './tags.ts'

/** What an ARN names, and how its tags are changed. */
interface Tagged {
  readonly tags: Tags
  save(transaction: Transaction, tags: Record<string, string>): Promise<void>
}

/** Tags of REST APIs and stages. */
export function tagOperations({ store }: Dependencies) {
  return {
    async TagResource({ resourceArn, tags }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, resourceArn)
        await tagged.save(transaction, checkedTags({ ...tagged.tags, ...tags }))
      })
      return {}
    },

    async UntagResource({ resourceArn, tagKeys }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, resourceArn)
        const left = Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))
        await tagged.save(transaction, Object.fromEntries(left))
      })
      return {}
    },

    // The service documents `limit` and `position` here as having no effect: a resource has 50 tags at most.
    async GetTags({ resourceArn }, caller) {
      const { tags } = await store.read((reader) => requireTagged(reader, caller, resourceArn))
      return { tags: { ...tags } }
    },
  } satisfies Partial<RestOperations>
}

async function requireTagged(reader: Reader, caller: Caller, resourceArn: string): Promise<Tagged> {
  const arn = parseArn(resourceArn)
  const [, restApiId, stageName] = /^\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn?.resource ?? '') ?? []
  if (arn?.service !== 'apigateway' || arn.region !== caller.region || restApiId === undefined) {
    throw badRequest(`Invalid ARN specified in the request: ${resourceArn}`)
  }
  return stageName === undefined
    ? taggedApi(reader, caller, restApiId)
    : taggedStage(reader, caller, restApiId, stageName)
}

async function taggedApi(reader: Reader, caller: Caller, restApiId: string): Promise<Tagged> {
  const api = await requireRestApi(reader, caller, restApiId)
  return {
    tags: api.tags,
    save: (transaction, tags) => transaction.put(restApis, scopeOf(caller), restApiId, { ...api, tags }),
  }
}

async function taggedStage(reader: Reader, caller: Caller, restApiId: string, stageName: string): Promise<Tagged> {
  const stage = await requireStage(reader, scopeOf(caller), restApiId, stageName)
  return {
    tags: stage.tags,
    save: (transaction, tags) =>
      transaction.put(stages, scopeOf(caller), `${restApiId}/${stageName}`, { ...stage, tags }),
  }
}
