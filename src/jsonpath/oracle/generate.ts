import { type Random, seeded } from '../../../test/seeded.ts'
import { documents } from './documents.ts'

/** A path to be read from a document of documents.ts. */
export interface PathCase {
  readonly path: string
  readonly document: string
}

/**
 * `new` is all that Jayway 2.10 reads without the faults of `differences.ts`; `old` what 2.0 does as well: no functions,
 * no negative indexes, and in filters one comparison with a text.
 */
export type Dialect = 'new' | 'old'

/** Paths made up of all kinds of segments: the same ones for the same seed. */
export function generatePaths(seed: number, count: number, dialect: Dialect): PathCase[] {
  const random = seeded(seed)
  const names = Object.keys(documents)
  return Array.from({ length: count }, () => {
    const document = pick(random, names)
    return { path: makePath(random, documents[document] ?? '', dialect), document }
  })
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('There is nothing to pick from')
  return value
}

/** What stands in quotes in a document: its names, and its texts, which are names of nothing. */
function namesIn(document: string): readonly string[] {
  return [...new Set([...document.matchAll(/"([\w ]+)"/g)].map(([, name = '']) => name)), 'none']
}

/** Follows the document most of the time, so that most paths find something. */
function makePath(random: Random, document: string, dialect: Dialect): string {
  const names = namesIn(document)
  const makers = dialect === 'new' ? newSegments : oldSegments
  let value: unknown = JSON.parse(document)
  let path = '$'
  let scanned = false
  const length = Math.floor(random() * 5)
  for (let at = 0; at < length; at += 1) {
    const fitting = random() < 0.8 ? makers.filter(({ kind }) => fits(kind, value)) : makers
    const { make, kind } = pick(random, fitting.length > 0 ? fitting : makers)
    // Both versions have faults of their own where a scan for anything but names goes on.
    if (scanned && kind !== 'name') break
    if (kind === 'scan' && (dialect === 'old' || at < length - 1)) continue
    path += make(random, random() < 0.8 ? namesOf(value, names) : names, dialect)
    value = within(random, value, path)
    scanned ||= kind === 'scan'
  }
  if (dialect === 'new' && !scanned && random() < 0.15) path += pick(random, functions)
  return path
}

type Kind = 'name' | 'position' | 'any' | 'scan'

function fits(kind: Kind, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return kind === 'any' || kind === 'scan' || (kind === 'position') === Array.isArray(value)
}

/** Names of the value's members; of a list, those of its items, which a filter asks for. */
function namesOf(value: unknown, names: readonly string[]): readonly string[] {
  const holders: readonly unknown[] = Array.isArray(value) ? value : [value]
  const own = holders
    .filter((holder) => typeof holder === 'object' && holder !== null)
    .flatMap((holder) => Object.keys(holder ?? {}))
  return own.length > 0 ? own : names
}

/** A value that the path's last segment may have led to. */
function within(random: Random, value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.length > 0 ? pick<unknown>(random, value) : undefined
  const [, name = ''] = /\.?\[?'?([\w ]+)'?\]?$/.exec(path) ?? []
  const member = Object.entries(value ?? {}).find(([key]) => key === name)
  return member ? member[1] : Object.values(value ?? {})[0]
}

type Maker = (random: Random, names: readonly string[], dialect: Dialect) => string

interface SegmentMaker {
  readonly kind: Kind
  readonly make: Maker
}

const dotName: Maker = (random, names) => {
  const name = pick(random, names)
  return name.includes(' ') ? `['${name}']` : `.${name}`
}

const oldSegments: readonly SegmentMaker[] = [
  { kind: 'name', make: dotName },
  { kind: 'name', make: dotName },
  { kind: 'name', make: dotName },
  { kind: 'name', make: (random, names) => `['${pick(random, names)}']` },
  { kind: 'position', make: (random) => `[${Math.floor(random() * 4)}]` },
  { kind: 'position', make: (random) => `[${Math.floor(random() * 4)}]` },
  { kind: 'any', make: () => '.*' },
  { kind: 'any', make: () => '[*]' },
  { kind: 'position', make: (random) => `[${Math.floor(random() * 3)}:]` },
  { kind: 'position', make: (random) => `[:${Math.floor(random() * 3) + 1}]` },
  { kind: 'position', make: makeFilter },
]

const newSegments: readonly SegmentMaker[] = [
  ...oldSegments,
  { kind: 'position', make: makeFilter },
  { kind: 'position', make: makeFilter },
  { kind: 'name', make: (random, names) => `['${pick(random, names)}', '${pick(random, names)}']` },
  { kind: 'position', make: (random) => `[-${Math.floor(random() * 4) + 1}]` },
  { kind: 'position', make: (random) => `[${Math.floor(random() * 4)},-${Math.floor(random() * 3) + 1}]` },
  { kind: 'position', make: (random) => `[-${Math.floor(random() * 3) + 1}:]` },
  { kind: 'position', make: (random) => `[${Math.floor(random() * 6) - 3}:${Math.floor(random() * 6) - 3}]` },
  { kind: 'scan', make: (random, names) => `.${dotName(random, names, 'new')}`.replace('.[', '..[') },
  { kind: 'scan', make: (random, names) => `..['${pick(random, names)}']` },
  { kind: 'scan', make: (random) => pick(random, ['..*', '..[*]', '..[0]', '..[-1]', '..[1:]', '..[0,1]']) },
  { kind: 'scan', make: (random, names) => `..${makeFilter(random, names, 'new')}` },
]

const functions = ['.length()', '.size()', '.keys()', '.sum()', '.min()', '.max()', '.avg()', '.stddev()', '.first()']

function makeFilter(random: Random, names: readonly string[], dialect: Dialect): string {
  const condition = () => makeCondition(random, names, dialect)
  if (dialect === 'old') return `[?(${condition()})]`
  const form = random()
  if (form < 0.6) return `[?(${condition()})]`
  if (form < 0.75) return `[?(${condition()} && ${condition()})]`
  if (form < 0.9) return `[?(${condition()} || ${condition()} && ${condition()})]`
  return `[?(!(${condition()}))]`
}

function makeCondition(random: Random, names: readonly string[], dialect: Dialect): string {
  const name = pick(random, names)
  const path = name.includes(' ') ? `@['${name}']` : `@.${name}`
  if (dialect === 'old') return `${path} == '${pick(random, ['dog', 'fiction', 'red', 'x'])}'`
  const form = random()
  if (form < 0.15) return path
  if (form < 0.25) return `!${path}`
  if (form < 0.35)
    return `${path} =~ /${pick(random, ['.*e.*', '[a-z]+', '\\\\d+', 'D.*', ''])}/${pick(random, ['', 'i'])}`
  if (form < 0.6)
    return `${path} ${pick(random, ['in', 'nin', 'contains', 'subsetof', 'anyof', 'noneof'])} ${makeList(random)}`
  if (form < 0.65) return `${path} size ${Math.floor(random() * 4)}`
  return `${path} ${pick(random, ['==', '!=', '===', '!==', '<', '<=', '>', '>='])} ${makeOperand(random, names)}`
}

function makeList(random: Random): string {
  return `[${Array.from({ length: Math.floor(random() * 4) }, () => makeLiteral(random)).join(', ')}]`
}

function makeLiteral(random: Random): string {
  return pick(random, ['1', '2', '3', '8', '8.95', '10', "'dog'", "'3'", '"red"', 'true', 'null', "'1.0'"])
}

function makeOperand(random: Random, names: readonly string[]): string {
  const form = random()
  if (form < 0.7) return makeLiteral(random)
  return pick(random, ['$.expensive', '$.limit', '$.names', `@.${pick(random, names).replaceAll(' ', '')}`])
}
