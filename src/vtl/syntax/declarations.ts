/** What a template defines. Parsing adds to it. */
export interface Declarations {
  readonly macros: Set<string>
  /** Parameters of the macros, and `bodyContent` if one is called with a body. */
  readonly parameters: Set<string>
}
