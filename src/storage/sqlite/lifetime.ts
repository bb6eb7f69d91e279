/** The time in which a piece of work may use its transaction. */
export interface Lifetime {
  ended: boolean
}

/** @throws {Error} when the work that owned the transaction is over: its reads would see, and its writes join, another's. */
export function requireRunning(lifetime: Lifetime): void {
  if (lifetime.ended) throw new Error('This transaction has ended: await every use of it inside its work')
}
