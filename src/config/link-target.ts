import { type Kind, networkHost, wrong } from './kind.ts'
import { isObject, listOf, objectOf, optional, required } from './structure.ts'

/** Where a private backend is. */
export interface TargetAddress {
  readonly host: string
  readonly port: number
}

/** One private backend. */
export interface LinkTarget extends TargetAddress {
  /** Of an instance of a Cloud Map service: what integrations may ask for. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** `10.0.0.5:8080`, `orders.internal:443`, `[::1]:80`. */
const address: Kind<TargetAddress> = {
  expected: 'a host and a port such as 10.0.0.5:8080',
  fromText: (text) => text,
  parse(value, place) {
    if (typeof value !== 'string') return wrong(this, value)
    const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(value) ?? []
    const port = Number(digits)
    const host = networkHost.parse(bracketed ?? plain, place)
    return 'value' in host && port > 0 && port <= 65_535
      ? { value: { host: host.value.toLowerCase(), port } }
      : wrong(this, value)
  },
}

const attributes: Kind<Readonly<Record<string, string>>> = {
  expected: 'an object of texts',
  fromText: (text) => text,
  parse(value) {
    if (!isObject(value)) return wrong(this, value)
    const texts = Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))
    return texts.length === Object.keys(value).length ? { value: Object.fromEntries(texts) } : wrong(this, value)
  },
}

const instance: Kind<LinkTarget> = objectOf(
  { address: required(address), attributes: optional(attributes) } as const,
  ({ address: at, attributes: known }) => ({ value: { ...at, ...(known && { attributes: known }) } }),
)

const target: Kind<LinkTarget> = {
  ...address,
  parse: (value, place) => (isObject(value) ? instance : address).parse(value, place),
}

const targets = listOf(target, 'a list of hosts and ports')

/** At least one target, and none twice. */
export const linkTargetList: Kind<readonly LinkTarget[]> = {
  ...targets,
  parse(value, place) {
    const outcome = targets.parse(value, place)
    if ('problems' in outcome) return outcome
    const names = outcome.value.map(({ host, port }) => `${host}:${port}`)
    if (names.length === 0) return { problems: ['must name one target at least'] }
    const twice = names.find((name, i) => names.indexOf(name) < i)
    return twice === undefined ? outcome : { problems: [`names ${twice} twice`] }
  },
}
