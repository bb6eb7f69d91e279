/** Counts the values looked at, and ends what looks at too many. */
export interface Work {
  count(visits: number): void
}

/** Characters that are compared or searched in the time that another value takes. */
const charactersPerVisit = 64

/** Counts a look at a whole text. */
export function countText(text: string, work: Work): void {
  work.count(Math.floor(text.length / charactersPerVisit))
}
