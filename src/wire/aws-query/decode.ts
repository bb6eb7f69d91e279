import type { Contract, ListShape, MapShape, Member, Shape } from '../contract.ts'
import { ServiceError } from '../service-error.ts'
import { decodeText } from '../text-value.ts'
import { numbered, type ParameterTree } from './parameter-tree.ts'

/** Reads an operation's input from the parameters that its model names; others are ignored, as AWS does. */
export function decodeInput(contract: Contract, structure: string, tree: ParameterTree): Record<string, unknown> {
  const decoded: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(contract.structures[structure]?.members ?? {})) {
    const child = tree.children.get(member.name ?? name)
    const value = child && decodeMember(contract, member, child)
    if (value !== undefined) decoded[name] = value
  }
  return decoded
}

function decodeMember(contract: Contract, { shape, flat }: Member, tree: ParameterTree): unknown {
  return decode(contract, shape, tree, flat === true)
}

function decode(contract: Contract, shape: Shape, tree: ParameterTree, flat = false): unknown {
  switch (shape.type) {
    case 'structure':
      return decodeInput(contract, shape.of, tree)
    case 'list':
      return decodeList(contract, shape, tree, flat)
    case 'map':
      return decodeMap(contract, shape, tree, flat)
    default:
      return tree.value === undefined ? undefined : decodeScalar(shape, tree.value)
  }
}

/** An empty list is sent as the list's name with an empty value. */
function decodeList(contract: Contract, shape: ListShape, tree: ParameterTree, flat: boolean): unknown {
  const items = flat ? tree : tree.children.get(shape.itemName ?? 'member')
  if (!items) return tree.value === '' ? [] : undefined
  return numbered(items).flatMap((item) => decode(contract, shape.item, item) ?? [])
}

function decodeMap(contract: Contract, shape: MapShape, tree: ParameterTree, flat: boolean): unknown {
  const entries = flat ? tree : tree.children.get('entry')
  if (!entries) return undefined
  const decoded = numbered(entries).flatMap(({ children }) => {
    const key = children.get(shape.keyName ?? 'key')?.value
    const value = children.get(shape.valueName ?? 'value')
    const item = value && decode(contract, shape.value, value)
    return key === undefined || item === undefined ? [] : [[key, item] as const]
  })
  return Object.fromEntries(decoded)
}

/** Observed: what is no number or no boolean is malformed input. */
function decodeScalar(shape: Shape, text: string): unknown {
  try {
    return decodeText(shape, text)
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause
    throw new ServiceError('MalformedInput', cause.message, { cause, status: 400 })
  }
}
