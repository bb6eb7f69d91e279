import type { Shape } from './contract.ts'
import { decodeBlob } from './json-input.ts'
import { asBytes, asDate } from './json-output.ts'
import { serializationError } from './serialization-error.ts'
import { formatTimestamp, parseTimestamp } from './timestamp.ts'

/**
 * Decodes a value that travels as text: in the path, the query or a header. A list is split at its commas.
 * @throws {ServiceError} `SerializationException` when the text does not read as the shape's type.
 */
export function decodeText(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw serializationError(`'${text}' can not be converted to an Boolean`)
    case 'integer':
    case 'long':
      return decodeInteger(text, shape.type === 'long' ? 'an Long' : 'an Integer')
    case 'float':
    case 'double': {
      const number = Number(text)
      if (text.trim() === '' || (Number.isNaN(number) && text !== 'NaN'))
        throw serializationError(`'${text}' can not be converted to an Double`)
      return number
    }
    case 'timestamp':
      return parseTimestamp(text) ?? refuseTimestamp(text)
    case 'blob':
      return decodeBlob(text)
    case 'list':
      return text.split(',').map((item) => decodeText(shape.item, item.trim()))
    default:
      return text
  }
}

/** The text of a value in a header. Timestamps without a format are HTTP dates there. */
export function headerText(shape: Shape, value: unknown): string {
  switch (shape.type) {
    case 'timestamp':
      return String(formatTimestamp(asDate(value), shape.format ?? 'http-date'))
    case 'blob':
      return Buffer.from(asBytes(value)).toString('base64')
    case 'list':
      return Array.isArray(value) ? value.map((item) => headerText(shape.item, item)).join(', ') : String(value)
    default:
      return String(value)
  }
}

function decodeInteger(text: string, kind: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw serializationError(`'${text}' can not be converted to ${kind}`)
  return Number(text)
}

function refuseTimestamp(text: string): never {
  throw serializationError(`'${text}' can not be converted to milliseconds since epoch`)
}
