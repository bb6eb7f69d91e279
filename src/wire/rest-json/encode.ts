import type { WireError } from '../codec.ts'
import type { Contract, Member, OperationShape } from '../contract.ts'
import { asBytes, asRecord, type JsonOutput } from '../json-output.ts'
import type { WireResponse } from '../message.ts'
import { headerText } from '../text-value.ts'

type Members = Readonly<Record<string, Member>>

/** Writes an operation's output to where its members are bound: status, headers, payload and JSON body. */
export function encodeResponse(
  contract: Contract,
  json: JsonOutput,
  { http, output }: OperationShape,
  value: unknown,
): WireResponse {
  if (output === undefined) return emptyResponse(http.status)
  const { members = {} } = contract.structures[output] ?? {}
  const record = asRecord(value ?? {})
  const bound = boundHeaders(members, record)
  const status = boundTo(members, 'status')
    .map(([name]) => record[name])
    .find((code) => typeof code === 'number')
  const [payload] = boundTo(members, 'payload')
  const content = payload
    ? encodePayload(json, payload[1], record[payload[0]])
    : jsonContent(json.members(members, record))
  return { status: status ?? http.status, headers: { 'Content-Type': content.type, ...bound }, body: content.body }
}

/** An answer without content names its type all the same, unless its status says that there is none. */
function emptyResponse(status: number): WireResponse {
  return { status, headers: status === 204 ? {} : { 'Content-Type': 'application/json' }, body: '' }
}

/**
 * Writes an error as restJson1 services do: its name in `x-amzn-ErrorType`, its message in the body under the name that the
 * model gives to it (`Message` for some of Lambda's), and `Type` where the exception has such a member.
 */
export function encodeError(
  contract: Contract,
  json: JsonOutput,
  { code, status, message, members: given }: WireError,
): WireResponse {
  const structure = contract.structures[code]
  const members = structure?.error ? structure.members : {}
  const record = {
    ...('Type' in members ? { Type: structure?.error?.fault === 'server' ? 'Service' : 'User' } : {}),
    ...given,
  }
  const body = { ...json.members(members, record), [messageName(code, members)]: message }
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code, ...boundHeaders(members, record) },
    body: JSON.stringify(body),
  }
}

function messageName(code: string, members: Members): string {
  const modelled = Object.entries(members).find(([name]) => name.toLowerCase() === 'message')
  if (modelled) return modelled[1].name ?? modelled[0]
  // Observed: the front door of AWS's services writes this one with a capital where the model does not know it.
  return code === 'AccessDeniedException' ? 'Message' : 'message'
}

function boundHeaders(members: Members, record: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, { shape, in: location, name: wireName = name }] of Object.entries(members)) {
    const value = record[name]
    if (value === undefined || value === null) continue
    if (location === 'header') headers[wireName] = headerText(shape, value)
    if (location !== 'prefixHeaders') continue
    for (const [suffix, text] of Object.entries(asRecord(value))) headers[wireName + suffix] = String(text)
  }
  return headers
}

function boundTo(members: Members, location: Member['in']): [name: string, member: Member][] {
  return Object.entries(members).filter(([, member]) => member.in === location)
}

interface Content {
  readonly type: string
  readonly body: Uint8Array | string
}

function encodePayload(json: JsonOutput, { shape }: Member, value: unknown): Content {
  if (shape.type === 'blob') return { type: 'application/octet-stream', body: asBytes(value ?? '') }
  if (shape.type === 'string') return { type: 'text/plain', body: String(value ?? '') }
  return jsonContent(json.encode(shape, value ?? {}))
}

function jsonContent(value: unknown): Content {
  return { type: 'application/json', body: JSON.stringify(value) }
}
