import { wholly } from '../constraint-rules.ts'
import type { Contract, Member, Shape } from '../contract.ts'

const words = ['a', 'Zeta 9', 'x/y', 'é✓', '<&">', 'a+b=c', '100%', 'arn:aws:iam::123456789012:role/r', '~0', 'a,b']

/** Texts for members with a pattern: each is taken where it fits. */
const samples = [
  ...words,
  'name-1',
  '200',
  'Name',
  'lambda:InvokeFunction',
  'lambda:GetLayerVersion',
  '/mnt/data',
  'abcdefghij',
  'host.example.com:9092',
  'o-abcdefghij',
  '123456789012',
  'csc-0123456789abcdefg',
  'SomeException',
  '$LATEST',
  '$LATEST.PUBLISHED',
  'ALL',
  'arn:aws:lambda:us-east-1:123456789012:function:f',
  'arn:aws:lambda:us-east-1:123456789012:layer:l',
  'arn:aws:lambda:us-east-1:123456789012:layer:l:1',
  'arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdefg',
  'arn:aws:lambda:us-east-1:123456789012:capacity-provider:c',
  'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:01234567-89ab-cdef-0123-456789abcdef',
  'arn:aws:lambda:us-east-1::runtime:0123456789',
  'arn:aws:lambda:us-east-1:123456789012:function:f:1/durable-execution/a/b',
  '/',
  '/division/team/',
  'v12',
  '123456',
  'ABCDEFGHIJ0123456789ABCD',
  'https://example.com/path',
  'o-abcdefghij/r-abcd',
  'p-abcdefgh',
  'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0',
]

/** Draws values that a service's model allows. */
export class RandomValue {
  readonly #contract: Contract
  readonly #random: () => number

  constructor(contract: Contract, random: () => number) {
    this.#contract = contract
    this.#random = random
  }

  /** All required members, and most of the others. */
  structure(name: string, depth = 0): Record<string, unknown> {
    const { members = {}, union } = this.#contract.structures[name] ?? {}
    const entries = Object.entries(members)
    const chosen = union
      ? [this.#pick(entries)]
      : entries.filter(([member, shape]) => isAlwaysSent(member, shape) || this.#random() < 0.8)
    // A form cannot say that a structure is there and empty.
    if (chosen.length === 0 && entries.length > 0) chosen.push(this.#pick(entries))
    const drawn = chosen.flatMap(([member, shape]) => {
      const value = this.#member(shape, depth)
      return value === undefined ? [] : [[member, value] as const]
    })
    return Object.fromEntries(drawn)
  }

  #member({ shape, in: location, required }: Member, depth: number): unknown {
    if (location === 'status') return 200
    if (location === 'header' && shape.type === 'string' && !shape.enum && !shape.pattern)
      return `text ${this.#below(99)}`
    return this.#value(shape, depth, required === true)
  }

  #value(shape: Shape, depth: number, required: boolean): unknown {
    if (depth > 5 && !required && ['structure', 'list', 'map'].includes(shape.type)) return undefined
    switch (shape.type) {
      case 'string':
        return shape.enum ? this.#pick(shape.enum) : this.#text(shape.pattern, shape.min ?? 0, shape.max ?? 1000)
      case 'integer':
      case 'long':
        return this.#number(shape.min ?? 0, shape.max ?? 100_000)
      case 'float':
      case 'double':
        return this.#number(shape.min ?? 0, shape.max ?? 100_000) / (shape.max === undefined ? 4 : 1)
      case 'boolean':
        return this.#random() < 0.5
      case 'timestamp':
        return new Date(1.7e12 + this.#below(1e6) * 1000)
      case 'blob':
        return new Uint8Array([1, 2, 3, this.#below(255)])
      case 'document':
        return { a: 1 }
      case 'list':
        return this.#many(shape.min, shape.max, () => this.#value(shape.item, depth + 1, true))
      case 'map':
        return Object.fromEntries(
          this.#many(
            shape.min,
            shape.max,
            () => [this.#key(shape.key), this.#value(shape.value, depth + 1, true)] as const,
          ),
        )
      case 'structure':
        return this.structure(shape.of, depth + 1)
    }
  }

  #key(shape: Shape): string {
    return String(this.#value(shape, 0, true)) || 'key'
  }

  #text(pattern: string | undefined, min: number, max: number): string {
    const fits = (text: string) => text.length >= min && text.length <= max && wholly(pattern ?? '.*').test(text)
    const long = 'x'.repeat(min)
    const fitting = [...(pattern === undefined ? words : samples), long].filter((text) => text !== '' && fits(text))
    if (fitting.length === 0) throw new Error(`no sample fits ${pattern}, ${min} to ${max} long`)
    return this.#pick(fitting)
  }

  #number(min: number, max: number): number {
    return min + this.#below(Math.min(max - min, 100_000) + 1)
  }

  #many<T>(min = 1, max = 2, draw: () => T): T[] {
    const count = Math.min(Math.max(min, 1) + this.#below(2), Math.max(max, 1))
    return Array.from({ length: count }, draw)
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[this.#below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  #below(limit: number): number {
    return Math.min(Math.floor(this.#random() * limit), limit - 1)
  }
}

const filledInHeaders = ['Accept', 'Content-Type']

/** What the other side fills in by itself when it is absent: tokens, media types, the status, and an empty payload. */
function isAlwaysSent(member: string, { required, in: location, name = '' }: Member): boolean {
  const isFilledIn = location === 'payload' || location === 'status' || filledInHeaders.includes(name)
  return required === true || isFilledIn || /^client(Request)?Token$/i.test(member)
}
