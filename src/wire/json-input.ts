import type { Member, Shape, Structure } from './contract.ts'
import { serializationError } from './serialization-error.ts'
import { parseTimestamp } from './timestamp.ts'

type Structures = Readonly<Record<string, Structure>>

/**
 * Decodes JSON values by their shapes, as AWS's own framework does: null counts as absent, unknown members are ignored,
 * fractions of integers are cut off, and a few texts count as booleans. Its error texts are observed.
 */
export class JsonInput {
  readonly #structures: Structures

  constructor(structures: Structures) {
    this.#structures = structures
  }

  /** @throws {ServiceError} `SerializationException` when the value is of another type than its shape. */
  decode(shape: Shape, value: unknown): unknown {
    if (value === null || value === undefined) return undefined
    switch (shape.type) {
      case 'string':
        return typeof value === 'string' ? value : refuse(value, 'an String')
      case 'boolean':
        return decodeBoolean(value)
      case 'integer':
      case 'long':
        return typeof value === 'number'
          ? Math.trunc(value)
          : refuse(value, shape.type === 'long' ? 'an Long' : 'an Integer')
      case 'float':
      case 'double':
        return decodeFloat(value, shape.type === 'float' ? 'an Float' : 'an Double')
      case 'blob':
        return typeof value === 'string' ? decodeBlob(value) : refuse(value, 'a Blob')
      case 'timestamp':
        return decodeTimestamp(value)
      case 'list':
        return asList(value).flatMap((item) => this.decode(shape.item, item) ?? [])
      case 'map':
        return this.#map(shape.value, asObject(value))
      case 'structure':
        return this.members(this.#structures[shape.of]?.members ?? {}, asObject(value))
      case 'document':
        return value
    }
  }

  /** Decodes those members of a JSON object that travel in the body. */
  members(
    members: Readonly<Record<string, Member>>,
    object: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> {
    const decoded: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(members)) {
      const wireName = member.name ?? name
      if (member.in !== undefined || !Object.hasOwn(object, wireName)) continue
      const value = this.decode(member.shape, object[wireName])
      if (value !== undefined) decoded[name] = value
    }
    return decoded
  }

  #map(shape: Shape, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const entries = Object.entries(object).map(([key, value]) => [key, this.decode(shape, value)] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
}

/** @throws {ServiceError} `SerializationException` unless the value is a JSON object. */
export function asObject(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected')
  if (!isObject(value)) throw serializationError('Unexpected field type')
  return value
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.filter((item) => item !== null)
  throw serializationError(
    isObject(value) ? 'Start of structure or map found where not expected.' : 'Unexpected field type',
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const truths: Readonly<Record<string, boolean>> = {
  TRUE: true,
  YES: true,
  '1': true,
  FALSE: false,
  NO: false,
  '0': false,
}

function decodeBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return refuse(value, 'an Boolean')
  const upper = value.toUpperCase()
  const truth = Object.hasOwn(truths, upper) ? truths[upper] : undefined
  if (truth === undefined) throw serializationError(`'${upper}' can not be converted to an Boolean`)
  return truth
}

function decodeFloat(value: unknown, kind: string): number {
  if (typeof value === 'number') return value
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : refuse(value, kind)
}

/** @throws {ServiceError} `SerializationException` unless `text` is base64. */
export function decodeBlob(text: string): Uint8Array {
  const problem = 'can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found'
  if (text.length % 4 !== 0) throw serializationError(`'${text.slice(0, 100)}' ${problem}: ${text.length}`)
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw serializationError(`'${text.slice(0, 100)}' can not be converted to a Blob: Invalid Base64 character`)
  }
  return Buffer.from(text, 'base64')
}

function decodeTimestamp(value: unknown): Date {
  if (typeof value !== 'number' && typeof value !== 'string') return refuse(value, 'milliseconds since epoch')
  return parseTimestamp(value) ?? refuse(value, 'milliseconds since epoch')
}

function refuse(value: unknown, kind: string): never {
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected')
  if (isObject(value)) throw serializationError('Start of structure or map found where not expected.')
  throw serializationError(`class ${javaClass(value)} can not be converted to ${kind}`)
}

function javaClass(value: unknown): string {
  if (typeof value === 'boolean') return 'java.lang.Boolean'
  return typeof value === 'number' ? 'com.amazon.coral.value.json.numbers.TruncatingBigNumber' : 'java.lang.String'
}
