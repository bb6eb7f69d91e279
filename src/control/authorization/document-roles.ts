import { parseDocument } from '../../openapi/document/parse-document.ts'
import { isList, isObject, type Json } from '../../openapi/json.ts'
import { partitionOf } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'

const roleMembers: ReadonlySet<string> = new Set(['credentials', 'authorizerCredentials'])

/** The roles that an import hands to the service: those of the integrations and authorizers in its OpenAPI document. */
export async function documentRoles({ input, caller }: GuardedCall): Promise<string[]> {
  const text = textOf(input['body'] ?? input['Body'])
  if (text === undefined) return []
  const { account: accountId, region } = caller
  const document = await parseDocument(text, { accountId, partition: partitionOf(region), region })
  const roles = new Set<string>()
  if (document) collect(document, roles)
  return [...roles]
}

function textOf(body: unknown): string | undefined {
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  return typeof body === 'string' ? body : undefined
}

function collect(value: Json, roles: Set<string>): void {
  if (isList(value)) for (const item of value) collect(item, roles)
  if (!isObject(value)) return
  for (const [name, member] of Object.entries(value)) {
    if (typeof member !== 'string') collect(member, roles)
    else if (roleMembers.has(name)) roles.add(member)
  }
}
