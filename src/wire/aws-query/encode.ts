import type { Contract, Member, Shape } from '../contract.ts'
import { asBytes, asDate, asRecord } from '../json-output.ts'
import { formatTimestamp } from '../timestamp.ts'
import { element, escapeXml } from './xml.ts'

/**
 * Writes a structure's members as XML elements, in the model's order; absent ones, and those outside the model, are left out.
 * @throws {TypeError} when an operation's output does not fit the model, which is a bug of the operation.
 */
export function encodeMembers(contract: Contract, structure: string, output: unknown): string {
  const record = asRecord(output)
  return Object.entries(contract.structures[structure]?.members ?? {})
    .map(([name, member]) => encodeMember(contract, member.name ?? name, member, record[name]))
    .join('')
}

function encodeMember(contract: Contract, name: string, { shape, flat }: Member, value: unknown): string {
  if (value === undefined || value === null) return ''
  const items = flat ? itemsOf(contract, shape, value) : undefined
  if (items) return items.map((item) => element(name, item)).join('')
  return element(name, encode(contract, shape, value))
}

function encode(contract: Contract, shape: Shape, value: unknown): string {
  switch (shape.type) {
    case 'structure':
      return encodeMembers(contract, shape.of, value)
    case 'list':
    case 'map': {
      const name = shape.type === 'map' ? 'entry' : (shape.itemName ?? 'member')
      return (itemsOf(contract, shape, value) ?? []).map((item) => element(name, item)).join('')
    }
    case 'timestamp':
      return escapeXml(String(formatTimestamp(asDate(value), shape.format ?? 'date-time')))
    case 'blob':
      return Buffer.from(asBytes(value)).toString('base64')
    default:
      return escapeXml(String(value))
  }
}

/** The contents of the elements that a list or a map is written as; `undefined` for other shapes. */
function itemsOf(contract: Contract, shape: Shape, value: unknown): string[] | undefined {
  if (shape.type === 'list') {
    if (!Array.isArray(value)) throw new TypeError(`a list is expected, not ${typeof value}`)
    return value.map((item) => encode(contract, shape.item, item))
  }
  if (shape.type !== 'map') return undefined
  return Object.entries(asRecord(value)).map(
    ([key, item]) =>
      element(shape.keyName ?? 'key', escapeXml(key)) +
      element(shape.valueName ?? 'value', encode(contract, shape.value, item)),
  )
}
