import type { Location, Member, OperationShape, Shape, Structure, TimestampFormat } from '../../src/wire/contract.ts'

/** What an SDK package's schemas say: structure and HTTP bindings, without constraints. */
export interface SdkModel {
  readonly operations: Record<string, OperationShape>
  readonly structures: Record<string, Structure>
  /** Values of the enums that the package exports, by their names. */
  readonly enums: Record<string, readonly string[]>
}

type Node = readonly [kind: number, namespace: string, name: string, traits: Traits, ...rest: unknown[]]
type Traits = number | Readonly<Record<string, unknown>>

const kinds = { simple: 0, list: 1, map: 2, structure: 3, error: -3, union: 4, operation: 9 }
const bits = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
]
/** Namespace of the base exceptions that the SDKs invent for themselves. */
const clientOnly = 'smithy.ts.sdk.synthetic'
/** Operations of protocols that name them elsewhere than in the path. */
const everyAction: readonly [method: string, uri: string, status: number] = ['POST', '/', 200]
const timestampFormats: Record<number, TimestampFormat> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' }

/**
 * Reads the schemas that an SDK package exports as `{Name}$`. Their arrays are documented in `@smithy/types`: operations are
 * `[9, namespace, name, traits, input, output]`, structures `[3, namespace, name, traits, members, schemas, requiredCount]`.
 */
export function readSdk(sdk: Readonly<Record<string, unknown>>): SdkModel {
  const reader = new SchemaReader()
  for (const [name, value] of Object.entries(sdk)) if (name.endsWith('$') && isNode(value)) reader.add(value)
  const { operations, structures } = reader
  return {
    operations: sorted(operations),
    structures: sorted(bodiesWithoutBindings(operations, structures)),
    enums: enumsOf(sdk),
  }
}

class SchemaReader {
  readonly operations: Record<string, OperationShape> = {}
  readonly structures: Record<string, Structure> = {}

  add(node: Node): void {
    if (node[0] === kinds.operation) this.#addOperation(node)
    else if (node[0] === kinds.error && !node[1].startsWith(clientOnly)) this.shape(node)
  }

  #addOperation([, , name, traits, input, output]: Node): void {
    const [method, uri, status] = (traitsOf(traits)['http'] ?? everyAction) as typeof everyAction
    const named = (key: string, ref: unknown) => {
      const shape = this.shape(ref)
      return shape.type === 'structure' ? { [key]: shape.of } : {}
    }
    this.operations[name] = { http: { method, uri, status }, ...named('input', input), ...named('output', output) }
  }

  /** The shape behind a reference; structures are registered under their names on the way. */
  shape(ref: unknown): Shape {
    const target = typeof ref === 'function' ? ref() : ref
    if (target === 'unit') return { type: 'document' }
    if (typeof target === 'number') return numbered(target)
    if (!isNode(target)) return this.shape(memberReference(target)[0])
    return this.#node(target)
  }

  #node([kind, , name, traits, first, second, required]: Node): Shape {
    if (kind === kinds.simple)
      return { ...this.shape(first), ...(traitsOf(traits)['streaming'] ? { streaming: true } : {}) } as Shape
    if (kind === kinds.list) return { type: 'list', item: this.shape(first), ...xmlName('itemName', first) }
    if (kind === kinds.map) {
      const names = { ...xmlName('keyName', first), ...xmlName('valueName', second) }
      return { type: 'map', key: { type: 'string' }, value: this.shape(second), ...names }
    }
    if (!(name in this.structures)) {
      this.structures[name] = { members: {} } // recursive structures find themselves registered
      this.structures[name] = this.#structure(
        kind,
        traitsOf(traits),
        first as string[],
        second as unknown[],
        Number(required ?? 0),
      )
    }
    return { type: 'structure', of: name }
  }

  #structure(
    kind: number,
    traits: Record<string, unknown>,
    names: string[],
    refs: unknown[],
    required: number,
  ): Structure {
    const members = names.map((name, index) => [name, this.#member(name, refs[index], index < required)] as const)
    const error = {
      fault: traits['error'],
      status: traits['httpError'] ?? (traits['error'] === 'server' ? 500 : 400),
      ...queryCode(traits),
    }
    return {
      members: Object.fromEntries(members),
      ...(kind === kinds.union ? { union: true } : {}),
      ...(kind === kinds.error ? { error } : {}),
    } as Structure
  }

  #member(member: string, ref: unknown, required: boolean): Member {
    const [target, own] = memberReference(ref)
    const traits = { ...traitsBehind(target), ...traitsOf(own) }
    const { in: location, name } = binding(traits)
    return {
      shape: this.shape(target),
      ...(required ? { required: true } : {}),
      ...(location ? { in: location } : {}),
      ...(name !== undefined && name !== member ? { name } : {}),
      ...(traits['sensitive'] ? { sensitive: true } : {}),
      ...(traits['xmlFlattened'] ? { flat: true } : {}),
    }
  }
}

function binding(traits: Record<string, unknown>): { in?: Location; name?: string } {
  const text = (trait: string) => ({ name: String(traits[trait]) })
  if (traits['httpLabel']) return { in: 'label' }
  if (traits['httpPayload']) return { in: 'payload' }
  if (traits['httpResponseCode']) return { in: 'status' }
  if (traits['httpQueryParams']) return { in: 'queryMap' }
  if (traits['httpQuery']) return { in: 'query', ...text('httpQuery') }
  if (traits['httpHeader']) return { in: 'header', ...text('httpHeader') }
  if (traits['httpPrefixHeaders']) return { in: 'prefixHeaders', ...text('httpPrefixHeaders') }
  if (traits['xmlName']) return text('xmlName')
  return traits['jsonName'] ? text('jsonName') : {}
}

function queryCode({ awsQueryError }: Record<string, unknown>): { code?: string } {
  return Array.isArray(awsQueryError) ? { code: String(awsQueryError[0]) } : {}
}

function xmlName(key: string, ref: unknown): Record<string, string> {
  const name = traitsOf(memberReference(ref)[1])['xmlName']
  return name === undefined ? {} : { [key]: String(name) }
}

/**
 * Bindings count at the top of an input, an output or an error only. Outputs ignore query bindings, which some models
 * carry (`position` of apigateway's lists): such members travel in the body.
 */
function bodiesWithoutBindings(operations: Record<string, OperationShape>, structures: Record<string, Structure>) {
  const inputs = new Set(Object.values(operations).map(({ input }) => input))
  const outputs = new Set(Object.values(operations).map(({ output }) => output))
  const inBody = ({ in: _, name: __, ...member }: Member): Member => member
  const answers = new Set<Location>(['header', 'prefixHeaders', 'payload', 'status'])
  const kept = (name: string, structure: Structure, { in: location }: Member) =>
    location === undefined || inputs.has(name) || ((outputs.has(name) || structure.error) && answers.has(location))
  return Object.fromEntries(
    Object.entries(structures).map(([name, structure]) => {
      const members = Object.entries(structure.members).map(([member, shape]) => [
        member,
        kept(name, structure, shape) ? shape : inBody(shape),
      ])
      return [name, { ...structure, members: Object.fromEntries(members) }]
    }),
  )
}

function numbered(ref: number): Shape {
  if (ref & 128) return { type: 'map', key: { type: 'string' }, value: numbered(ref & 127) }
  if (ref & 64) return { type: 'list', item: numbered(ref & 63) }
  if (ref === 0) return { type: 'string' }
  if (ref === 1) return { type: 'double' }
  if (ref === 2) return { type: 'boolean' }
  if (ref === 15) return { type: 'document' }
  if (ref === 21) return { type: 'blob' }
  if (ref === 42) return { type: 'blob', streaming: true }
  const format = timestampFormats[ref]
  if (format) return { type: 'timestamp', format }
  if (ref === 4) return { type: 'timestamp' }
  throw new Error(`unknown schema reference ${ref}`)
}

function memberReference(ref: unknown): [target: unknown, traits: Traits] {
  return Array.isArray(ref) && !isNode(ref) ? [ref[0], ref[1]] : [ref, 0]
}

function traitsBehind(ref: unknown): Record<string, unknown> {
  const target = typeof ref === 'function' ? ref() : ref
  return isNode(target) && target[0] !== kinds.error ? traitsOf(target[3]) : {}
}

function traitsOf(traits: Traits): Record<string, unknown> {
  if (typeof traits === 'object') return { ...traits }
  return Object.fromEntries(bits.filter((_, bit) => (traits >> bit) & 1).map((trait) => [trait, 1]))
}

function isNode(value: unknown): value is Node {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string'
}

function enumsOf(sdk: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  const isEnum = (value: unknown): value is Record<string, string> =>
    typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string')
  return Object.fromEntries(
    Object.entries(sdk).flatMap(([name, value]) => (isEnum(value) ? [[name, Object.values(value)]] : [])),
  )
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
