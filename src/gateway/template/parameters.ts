import type { ValueMap } from '../../vtl/value.ts'
import type { Invocation } from '../invocation.ts'
import { fateToLambda } from '../mapping/header-fate.ts'
import { parseQuery } from '../mapping/query.ts'
import type { CallPlace } from '../rest/deployed-method.ts'

/** The parameters of a client's request, worked out when a template asks for them. */
export class Parameters {
  readonly #invocation: Invocation
  readonly #place: CallPlace
  #all: ReadonlyMap<string, ValueMap> | undefined

  constructor(invocation: Invocation, place: CallPlace) {
    this.#invocation = invocation
    this.#place = place
  }

  /** `$input.params()`: the maps `path`, `querystring` and `header`. */
  get all(): ValueMap {
    return new Map(this.#groups)
  }

  /** `$input.params(name)`: of the path, else of the query, else of the headers; empty when there is none. */
  get(name: string): string {
    for (const group of this.#groups.values()) {
      const value = group.get(name)
      if (typeof value === 'string') return value
    }
    return ''
  }

  get #groups(): ReadonlyMap<string, ValueMap> {
    this.#all ??= new Map([
      ['path', pathParameters(this.#invocation, this.#place)],
      ['querystring', queryParameters(this.#invocation)],
      ['header', headers(this.#invocation)],
    ])
    return this.#all
  }
}

/** Raw, as sent. */
function pathParameters({ pathValues }: Invocation, { pathVariables }: CallPlace): ValueMap {
  return new Map(pathVariables.map((name, at) => [name, pathValues[at] ?? '']))
}

/** Of a repeated name, the last value. */
function queryParameters({ request }: Invocation): ValueMap {
  return pairs(parseQuery(request.query))
}

/** What concerns the connection alone is invisible (observed). */
function headers({ request }: Invocation): ValueMap {
  return pairs(request.headers.raw, (name) => fateToLambda(name.toLowerCase()) === 'pass')
}

function pairs(flat: readonly string[], wanted: (name: string) => boolean = () => true): ValueMap {
  const map: ValueMap = new Map()
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? ''
    if (wanted(name)) map.set(name, flat[at + 1] ?? '')
  }
  return map
}
