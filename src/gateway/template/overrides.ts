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
}

const none: Overrides = new Map()

/** Where no template has set anything. */
export const noOverrides: TemplateOverrides = {
  request: { header: none, path: none, querystring: none },
  response: { header: none, status: undefined },
}
