import { wholly } from '../../src/wire/constraint-rules.ts'
import type { Contract, Member, Protocol, Shape, Structure } from '../../src/wire/contract.ts'
import type { BotocoreModel, BotocoreReference } from './botocore.ts'
import { observedOrder, uncheckedEnums } from './corrections.ts'
import type { SdkModel } from './sdk-schema.ts'

/**
 * Joins the SDK's structure with botocore's constraints, kinds of numbers and errors. The two are matched from each
 * operation down through the members' names; what botocore does not know (a newer operation) has no constraints.
 */
export function withConstraints(service: string, sdk: SdkModel, botocore: BotocoreModel): Omit<Contract, 'sources'> {
  const merge = new Merge(service, sdk, botocore)
  const operations = Object.entries(sdk.operations).map(([name, operation]) => {
    const known = botocore.operations[name]
    merge.structure(operation.input, known?.input?.shape)
    merge.structure(operation.output, known?.output?.shape)
    const errors = known?.errors?.map(({ shape }) => shape).filter((shape) => shape in sdk.structures)
    for (const error of errors ?? []) merge.structure(error, error)
    return [name, { ...operation, ...(errors ? { errors } : {}) }] as const
  })
  const { apiVersion, endpointPrefix, signingName, targetPrefix, xmlNamespace } = botocore.metadata
  return {
    service,
    protocols: protocolsOf(botocore),
    signingName: signingName ?? endpointPrefix,
    endpointPrefix,
    apiVersion,
    ...(targetPrefix === undefined ? {} : { targetPrefix }),
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    operations: Object.fromEntries(operations),
    structures: merge.structures,
  }
}

class Merge {
  readonly structures: Record<string, Structure>
  readonly #service: string
  readonly #sdk: SdkModel
  readonly #botocore: BotocoreModel
  readonly #done = new Set<string>()

  constructor(service: string, sdk: SdkModel, botocore: BotocoreModel) {
    this.#service = service
    this.#sdk = sdk
    this.#botocore = botocore
    this.structures = { ...sdk.structures }
  }

  structure(name: string | undefined, counterpart: string | undefined): void {
    const structure = this.structures[name ?? '']
    const members = this.#botocore.shapes[counterpart ?? '']?.members
    if (name === undefined || !structure || !members || this.#done.has(name)) return
    this.#done.add(name)
    const merged = Object.entries(structure.members).map(([member, shape]) => {
      const known = members[member]
      return [member, known ? this.#member(`${name}.${member}`, shape, known) : shape]
    })
    this.structures[name] = { ...structure, members: Object.fromEntries(merged) }
  }

  #member(place: string, member: Member, known: BotocoreReference): Member {
    const shape = this.#shape(member.shape, known)
    const unchecked = uncheckedEnums[this.#service]?.includes(place)
    if (!unchecked || shape.type !== 'string') return { ...member, shape }
    const { enum: _, ...rest } = shape
    return { ...member, shape: rest }
  }

  #shape(shape: Shape, reference: BotocoreReference | undefined): Shape {
    const known = this.#botocore.shapes[reference?.shape ?? '']
    if (!reference || !known) return shape
    const { min, max, pattern } = known
    const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
    switch (shape.type) {
      case 'string': {
        const values = this.#enum(reference)
        if (known.type === 'string') assertRuns(pattern)
        return {
          ...shape,
          ...(values ? { enum: values } : {}),
          ...(pattern === undefined ? {} : { pattern }),
          ...range,
        }
      }
      case 'double':
        return { type: numberType(known.type), ...range }
      case 'blob':
        return { ...shape, ...range }
      case 'list':
        return { ...shape, item: this.#shape(shape.item, known.member), ...range }
      case 'map': {
        const key = this.#shape(shape.key, known.key)
        if (key.type !== 'string') throw new Error(`a map's key is a ${key.type}`)
        return { ...shape, key, value: this.#shape(shape.value, known.value), ...range }
      }
      case 'structure':
        this.structure(shape.of, reference.shape)
        return shape
      default:
        return shape
    }
  }

  /** In the order that the service prints, as far as known; values that only the newer SDK has come last. */
  #enum(reference: BotocoreReference): readonly string[] | undefined {
    const known = reference.enum ?? this.#botocore.shapes[reference.shape]?.enum
    if (!known) return undefined
    const observed = observedOrder[`${this.#service}.${reference.shape}`] ?? []
    return [...new Set([...observed, ...known, ...(this.#sdk.enums[reference.shape] ?? [])])]
  }
}

function numberType(type: string): 'integer' | 'long' | 'float' | 'double' {
  if (type === 'integer' || type === 'long' || type === 'float' || type === 'double') return type
  throw new Error(`a number is a ${type} in botocore`)
}

/** Throws when a pattern, written for Java, is not one of JavaScript's. */
function assertRuns(pattern: string | undefined): void {
  if (pattern !== undefined) wholly(pattern)
}

function protocolsOf({ metadata: { protocol, protocols = [protocol], jsonVersion } }: BotocoreModel): Protocol[] {
  const names: Record<string, Protocol> = {
    'rest-json': 'restJson1',
    json: jsonVersion === '1.0' ? 'awsJson1_0' : 'awsJson1_1',
    query: 'awsQuery',
    'smithy-rpc-v2-cbor': 'rpcv2Cbor',
  }
  return protocols.map((name) => {
    const known = names[name]
    if (!known) throw new Error(`unknown protocol ${name}`)
    return known
  })
}
