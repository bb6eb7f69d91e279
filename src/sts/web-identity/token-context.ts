import { type ContextValues, tagContext } from '../../iam/identity/context.ts'
import { providerKey } from '../../iam/identity-provider/identity-provider.ts'
import type { SessionTags } from '../session/session-tags.ts'
import { invalidToken } from './refusal.ts'
import type { VerifiedClaims } from './verify-token.ts'

/** The claim of session tags (documented). */
const tagsClaim = 'https://aws.amazon.com/tags'

/** Condition keys that a token gives: `{issuer without https://}:aud`, `:sub`, and so on (documented). */
export function tokenContext({ issuer, subject, audience, payload }: VerifiedClaims): ContextValues {
  const prefix = providerKey(issuer)
  const { azp, amr } = payload
  const authorizedParty = typeof azp === 'string' ? azp : undefined
  return {
    [`${prefix}:aud`]: authorizedParty ?? audience,
    [`${prefix}:oaud`]: authorizedParty === undefined ? undefined : audience,
    [`${prefix}:sub`]: subject,
    [`${prefix}:amr`]: Array.isArray(amr) ? amr.map(String) : undefined,
    ...requestTags(tagsOf({ payload })),
  }
}

/**
 * The session tags of a token.
 * @throws {ServiceError} `InvalidIdentityToken` for a claim of another form.
 */
export function tagsOf({ payload }: Pick<VerifiedClaims, 'payload'>): SessionTags {
  const claim = payload[tagsClaim]
  if (claim === undefined) return { tags: [], transitiveTagKeys: [] }
  const { principal_tags: tags = {}, transitive_tag_keys: keys = [] } = object(claim)
  if (!Array.isArray(keys) || keys.some((key) => typeof key !== 'string')) throw malformedTags()
  return {
    tags: Object.entries(object(tags)).map(([key, value]) => ({ key, value: onlyText(value) })),
    transitiveTagKeys: keys,
  }
}

function requestTags({ tags }: SessionTags): ContextValues {
  if (tags.length === 0) return {}
  const values = Object.fromEntries(tags.map(({ key, value }) => [key, value]))
  return { ...tagContext('aws:RequestTag/', values), 'aws:TagKeys': Object.keys(values) }
}

/** A tag's value is a list of one text (documented), or the text itself. */
function onlyText(value: unknown): string {
  const [text, ...others] = Array.isArray(value) ? value : [value]
  if (typeof text !== 'string' || others.length > 0) throw malformedTags()
  return text
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformedTags()
  return { ...value }
}

function malformedTags() {
  return invalidToken(`The claim ${tagsClaim} does not have the form of session tags`)
}
