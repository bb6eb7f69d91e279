/** What a call needs: one action on one resource. */
export interface Permission {
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string
  /** ARN, or `*` for what belongs to no resource. */
  readonly resource: string
  /** Values of the operation's own condition keys, by key in lower case. */
  readonly values?: ReadonlyMap<string, string | readonly string[]>
}

/** A member of an input that was not checked yet. */
export function textAt(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name]
  return typeof value === 'string' ? value : undefined
}

/** Handing a role to a service is a permission of its own (documented). */
export function passRole(role: string | undefined, service: string): Permission[] {
  if (!role?.startsWith('arn:')) return []
  return [{ action: 'iam:PassRole', resource: role, values: new Map([['iam:passedtoservice', service]]) }]
}

/** `aws:RequestTag/…` and `aws:TagKeys` of the tags that a request gives, in either of the forms that services take. */
export function tagValues(tags: unknown): ReadonlyMap<string, string | readonly string[]> {
  const entries = Array.isArray(tags) ? tags.flatMap(listedTag) : Object.entries(tags ?? {})
  const values = new Map<string, string | readonly string[]>()
  for (const [key, value] of entries) {
    if (typeof value === 'string') values.set(`aws:requesttag/${key.toLowerCase()}`, value)
  }
  if (entries.length > 0)
    values.set(
      'aws:tagkeys',
      entries.map(([key]) => key),
    )
  return values
}

function listedTag(tag: unknown): [string, unknown][] {
  if (typeof tag !== 'object' || tag === null || !('Key' in tag) || typeof tag.Key !== 'string') return []
  return [[tag.Key, 'Value' in tag ? tag.Value : '']]
}
