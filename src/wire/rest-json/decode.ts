import type { Match, ParsedRequest } from '../codec.ts'
import type { Contract, Member, Shape } from '../contract.ts'
import { asObject, type JsonInput } from '../json-input.ts'
import { serializationError } from '../serialization-error.ts'
import { decodeText } from '../text-value.ts'

/** Reads an operation's input from where its members are bound: path, query, headers, payload and JSON body. */
export function decodeRequest(
  contract: Contract,
  json: JsonInput,
  match: Match,
  request: ParsedRequest,
): Record<string, unknown> {
  const { members = {} } = contract.structures[match.operation.input ?? ''] ?? {}
  const ownQuery = queryNames(members, match.operation.http.uri)
  const input: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(members)) {
    const value = decodeMember(json, name, member, match, request, ownQuery)
    if (value !== undefined) input[name] = value
  }
  if (Object.values(members).some((member) => member.in === 'payload') || request.body.length === 0) return input
  return { ...input, ...json.members(members, asObject(parseJson(request.body) ?? {})) }
}

function decodeMember(
  json: JsonInput,
  name: string,
  { shape, in: location, name: wireName = name }: Member,
  { labels }: Match,
  { query, headers, body }: ParsedRequest,
  ownQuery: ReadonlySet<string>,
): unknown {
  switch (location) {
    case 'label':
      return decodeOptional(shape, decodeLabel(labels[name]))
    case 'query':
      if (shape.type === 'list')
        return query.has(wireName) ? query.getAll(wireName).map((text) => decodeText(shape.item, text)) : undefined
      return decodeOptional(shape, query.get(wireName) ?? undefined)
    case 'queryMap':
      return remainingQuery(shape, query, ownQuery)
    case 'header':
      return decodeOptional(shape, headers[wireName.toLowerCase()])
    case 'prefixHeaders':
      return prefixedHeaders(wireName.toLowerCase(), headers)
    case 'payload':
      return body.length === 0 ? undefined : decodePayload(json, shape, body)
    default:
      return undefined
  }
}

function decodeOptional(shape: Shape, text: string | undefined): unknown {
  return text === undefined ? undefined : decodeText(shape, text)
}

function decodeLabel(raw: string | undefined): string | undefined {
  try {
    return raw === undefined ? undefined : decodeURIComponent(raw)
  } catch {
    throw serializationError(`'${raw}' is not a valid path segment`)
  }
}

function decodePayload(json: JsonInput, shape: Shape, body: Uint8Array): unknown {
  if (shape.type === 'blob') return body
  if (shape.type === 'string') return decodeUtf8(body)
  return json.decode(shape, parseJson(body))
}

/** Query parameters that belong to members of their own or to the route: a map of parameters leaves them out. */
function queryNames(members: Readonly<Record<string, Member>>, uri: string): Set<string> {
  const bound = Object.entries(members).filter(([, member]) => member.in === 'query')
  const literal = new URLSearchParams(uri.split('?')[1] ?? '').keys()
  return new Set([...bound.map(([name, member]) => member.name ?? name), ...literal])
}

function remainingQuery(shape: Shape, query: URLSearchParams, ownQuery: ReadonlySet<string>): unknown {
  const names = [...new Set(query.keys())].filter((name) => !ownQuery.has(name))
  if (names.length === 0) return undefined
  const lists = shape.type === 'map' && shape.value.type === 'list'
  return Object.fromEntries(names.map((name) => [name, lists ? query.getAll(name) : query.get(name)]))
}

function prefixedHeaders(prefix: string, headers: Readonly<Record<string, string>>): unknown {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
}

/** @throws {ServiceError} `SerializationException` when the body is not JSON. */
function parseJson(body: Uint8Array): unknown {
  const text = decodeUtf8(body)
  try {
    return JSON.parse(text)
  } catch {
    throw serializationError('Unable to parse the request body as JSON')
  }
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw serializationError('The request body is not valid UTF-8')
  }
}
