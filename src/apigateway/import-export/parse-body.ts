import { parseDocument } from '../../openapi/document/parse-document.ts'
import type { JsonObject } from '../../openapi/json.ts'
import { partitionOf } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'

/** Parses a request's body, JSON or YAML in UTF-8, its variables filled in; `undefined` for anything else. */
export async function parseBody(body: Uint8Array, { account, region }: Caller): Promise<JsonObject | undefined> {
  const text = decode(body)
  if (text === undefined) return undefined
  return parseDocument(text, { accountId: account, region, partition: partitionOf(region) })
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}
