import { Double } from '../../json/value.ts'
import { ArrayList, HostError, HostObject, type Value } from '../value.ts'
import { DefinedBlock, MapEntry } from './objects.ts'
import { type Rendering, Stop } from './rendering.ts'

/** Lists and maps within one another. */
const maxDepth = 512

/**
 * Java's text of a value: `{a=1, b=[x]}` for maps and for lists that the template made, JSON for lists that came from JSON.
 *
 * @throws {HostError} when it would be too long, or holds itself.
 */
export function textOf(value: Value, rendering: Rendering): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return complexText(value, rendering, 0)
}

function complexText(value: Value, rendering: Rendering, depth: number): string {
  if (typeof value !== 'object' || value === null || value instanceof Double) return String(value)
  if (value instanceof DefinedBlock) return blockText(value, rendering)
  if (value instanceof MapEntry) return entryText(value, rendering, depth)
  if (value instanceof HostObject) return rendering.made(value.text())
  if (depth === maxDepth) throw new HostError(`Lists and maps nested deeper than ${maxDepth}`)
  if (value instanceof ArrayList) return listText(value, rendering, depth + 1)
  if (Array.isArray(value)) return jsonText(value, rendering, depth + 1)
  const entries: string[] = []
  for (const [key, member] of value) {
    const text = member === value ? '(this Map)' : complexText(member, rendering, depth + 1)
    entries.push(counted(`${key}=${text}`, rendering))
  }
  return `{${entries.join(', ')}}`
}

function listText(list: readonly Value[], rendering: Rendering, depth: number): string {
  const items = list.map((item) =>
    counted(item === list ? '(this Collection)' : complexText(item, rendering, depth), rendering),
  )
  return `[${items.join(', ')}]`
}

function entryText(entry: MapEntry, rendering: Rendering, depth: number): string {
  return `${entry.key}=${complexText(entry.value, rendering, depth)}`
}

/** As json-smart writes a list: whatever it holds becomes JSON. */
function jsonText(value: Value, rendering: Rendering, depth: number): string {
  if (typeof value === 'string') return counted(JSON.stringify(value), rendering)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Double) return Number.isFinite(value.value) ? value.toString() : 'null'
  if (value instanceof HostObject) return JSON.stringify(complexText(value, rendering, depth))
  if (depth === maxDepth) throw new HostError(`Lists and maps nested deeper than ${maxDepth}`)
  if (Array.isArray(value)) {
    return `[${value.map((item) => counted(jsonText(item, rendering, depth + 1), rendering)).join(',')}]`
  }
  const members = Array.from(value, ([key, member]) => {
    return counted(`${JSON.stringify(String(key))}:${jsonText(member, rendering, depth + 1)}`, rendering)
  })
  return `{${members.join(',')}}`
}

function counted(piece: string, rendering: Rendering): string {
  rendering.spend(piece.length + 20)
  return rendering.checked(piece)
}

/** What a block prints, as text. A block that holds itself too deeply has none. */
function blockText(block: DefinedBlock, rendering: Rendering): string {
  const { frame } = rendering
  rendering.frame = block.frame
  try {
    return captured(rendering, () => renderBlock(block, rendering)) ?? 'null'
  } finally {
    rendering.frame = frame
  }
}

/** What a part prints, taken away from the output; undefined when it says that it cannot print. */
export function captured(rendering: Rendering, print: () => boolean): string | undefined {
  const printed = rendering.out
  rendering.out = ''
  try {
    return print() ? rendering.out : undefined
  } finally {
    rendering.out = printed
  }
}

/** Renders a block where it is printed. @returns whether it was not too deep within itself. */
export function renderBlock(block: DefinedBlock, rendering: Rendering): boolean {
  if (block.depth === block.maxDepth) return false
  block.depth += 1
  try {
    block.render(rendering)
  } catch (error) {
    if (!(error instanceof Stop && error.target === 'nearest')) throw error
  } finally {
    block.depth -= 1
  }
  return true
}
