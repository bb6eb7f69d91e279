import type { ValueMap } from '../../vtl/value.ts'
import type { Invocation } from '../invocation.ts'
import { fateToLambda } from '../mapping/header-fate.ts'
import { parseQuery, type QueryParameters } from '../mapping/query.ts'
import { remembering } from '../remembering.ts'
import type { CallPlace } from '../rest/deployed-method.ts'

/** What concerns the connection alone is invisible (observed). */
const isVisible = remembering((name) => fateToLambda(name.toLowerCase()) === 'pass')

/** The parameters of a client's request: of the path raw, as sent; of a repeated name the last. Names have a case. */
export class Parameters {
  readonly #invocation: Invocation
  readonly #place: CallPlace
  #parsedQuery: QueryParameters | undefined

  constructor(invocation: Invocation, place: CallPlace) {
    this.#invocation = invocation
    this.#place = place
  }

  /** `$input.params()`: the maps `path`, `querystring` and `header`. */
  get all(): ValueMap {
    const { pathValues, request } = this.#invocation
    const path: ValueMap = new Map(this.#place.pathVariables.map((name, at) => [name, pathValues[at] ?? '']))
    const querystring = mapOf(this.#query)
    const header = mapOf(request.headers.raw, isVisible)
    return new Map([
      ['path', path],
      ['querystring', querystring],
      ['header', header],
    ])
  }

  /** `$input.params(name)`: of the path, else of the query, else of the headers; empty when there is none. */
  get(name: string): string {
    const at = this.#place.pathVariables.indexOf(name)
    if (at >= 0) return this.#invocation.pathValues[at] ?? ''
    const fromQuery = lastOf(this.#query, name)
    if (fromQuery !== undefined) return fromQuery
    return (isVisible(name) ? lastOf(this.#invocation.request.headers.raw, name) : undefined) ?? ''
  }

  get #query(): QueryParameters {
    this.#parsedQuery ??= parseQuery(this.#invocation.request.query)
    return this.#parsedQuery
  }
}

/** @param flat Name, value, name, value, … */
function mapOf(flat: readonly string[], wanted: (name: string) => boolean = () => true): ValueMap {
  const map: ValueMap = new Map()
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? ''
    if (wanted(name)) map.set(name, flat[at + 1] ?? '')
  }
  return map
}

function lastOf(flat: readonly string[], name: string): string | undefined {
  for (let at = flat.length - 2; at >= 0; at -= 2) if (flat[at] === name) return flat[at + 1]
  return undefined
}
