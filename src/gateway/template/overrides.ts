import type { Value, ValueMap } from '../../vtl/value.ts'
import { scalarText } from './scalar-text.ts'

/** Values that templates set, by name: each takes the place of what was mapped. Several are one name's values, in order. */
export type Overrides = ReadonlyMap<string, readonly string[]>

/** What templates set of `$context.requestOverride` and `$context.responseOverride`. */
export interface TemplateOverrides {
  readonly request: {
    readonly header: Overrides
    readonly path: Overrides
    readonly querystring: Overrides
  }
  readonly response: {
    readonly header: Overrides
    /** 100 to 599. */
    readonly status: number | undefined
  }
  /** What was set, as it was set: later templates of the call read it, whatever it is. */
  readonly values: OverrideValues
}

export interface OverrideValues {
  readonly requestHeader: ValueMap
  readonly requestPath: ValueMap
  readonly requestQuerystring: ValueMap
  readonly responseHeader: ValueMap
  /** `status` alone. */
  readonly response: ValueMap
}

const none: Overrides = new Map()
const noValues: ValueMap = new Map()

/** Where no template has set anything. */
export const noOverrides: TemplateOverrides = {
  request: { header: none, path: none, querystring: none },
  response: { header: none, status: undefined },
  values: {
    requestHeader: noValues,
    requestPath: noValues,
    requestQuerystring: noValues,
    responseHeader: noValues,
    response: noValues,
  },
}

/** What a template's values mean for the request and the response. */
export function overridesOf(values: OverrideValues): TemplateOverrides {
  return {
    request: {
      header: textsOf(values.requestHeader),
      path: textsOf(values.requestPath),
      querystring: textsOf(values.requestQuerystring),
    },
    response: { header: textsOf(values.responseHeader), status: statusOf(values.response.get('status')) },
    values,
  }
}

/** A list is several values. What is neither a text nor a number is left for later templates only. */
function textsOf(values: ValueMap): Overrides {
  if (values.size === 0) return none
  const texts = new Map<string, readonly string[]>()
  for (const [name, value] of values) {
    const each = (Array.isArray(value) ? value : [value]).map(scalarText).filter((text) => text !== undefined)
    if (each.length > 0) texts.set(String(name), each)
  }
  return texts
}

/** Observed: any other status is ignored. */
function statusOf(value: Value | undefined): number | undefined {
  const text = value === undefined ? undefined : scalarText(value)
  return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : undefined
}
