/** What is asked of one parameter. */
export interface ParameterConstraintsRecord {
  readonly Required?: boolean
}
