import type { Member, Shape, Structure, TimestampFormat } from './contract.ts'
import { formatTimestamp } from './timestamp.ts'

type Structures = Readonly<Record<string, Structure>>

/** Turns operations' outputs into JSON values by their shapes. Absent members, and those outside the model, are left out. */
export class JsonOutput {
  readonly #structures: Structures
  readonly #timestamps: TimestampFormat
  readonly #emptyAsNull: readonly string[]

  /**
   * @param timestamps The format of timestamps that name none.
   * @param emptyAsNull Members of type map whose empty texts are written as null.
   */
  constructor(structures: Structures, timestamps: TimestampFormat, emptyAsNull: readonly string[] = []) {
    this.#structures = structures
    this.#timestamps = timestamps
    this.#emptyAsNull = emptyAsNull
  }

  /** @throws {TypeError} when an operation's output does not fit the model, which is a bug of the operation. */
  encode(shape: Shape, value: unknown): unknown {
    switch (shape.type) {
      case 'timestamp':
        return formatTimestamp(asDate(value), shape.format ?? this.#timestamps)
      case 'blob':
        return Buffer.from(asBytes(value)).toString('base64')
      case 'list':
        return asArray(value).map((item) => this.encode(shape.item, item))
      case 'map':
        return this.#map(shape.value, asRecord(value))
      case 'structure':
        return this.members(this.#structures[shape.of]?.members ?? {}, asRecord(value))
      case 'float':
      case 'double':
        return Number.isFinite(value) ? value : String(value)
      default:
        return value
    }
  }

  /** Encodes those members that travel in the body. */
  members(
    members: Readonly<Record<string, Member>>,
    output: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> {
    const encoded: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(members)) {
      const value = output[name]
      if (member.in !== undefined || value === undefined || value === null) continue
      const json = this.encode(member.shape, value)
      encoded[member.name ?? name] = this.#emptyAsNull.includes(name) ? withNulls(asRecord(json)) : json
    }
    return encoded
  }

  #map(shape: Shape, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const present = Object.entries(record).filter(([, value]) => value !== undefined && value !== null)
    return Object.fromEntries(present.map(([key, value]) => [key, this.encode(shape, value)]))
  }
}

function withNulls(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, value === '' ? null : value]))
}

export function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return Buffer.from(value)
  throw new TypeError(`a blob is expected, not ${typeof value}`)
}

export function asDate(value: unknown): Date {
  if (value instanceof Date) return value
  throw new TypeError(`a Date is expected, not ${typeof value}`)
}

export function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new TypeError(`an object is expected, not ${Array.isArray(value) ? 'a list' : typeof value}`)
}

function asArray(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new TypeError(`a list is expected, not ${typeof value}`)
}
