/** What a reader has to say about a document: it goes on after each finding, so that all are told at once. */
export interface Findings {
  /** What could not be taken over, and was left out. */
  readonly warnings: string[]
  /** What makes the document unusable. */
  readonly errors: string[]
}
