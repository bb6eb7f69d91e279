/**
 * Calls back when everything is read that a process had written to its pipes before now: the event loop looks at all
 * pipes once between two turns.
 */
export function afterPipes(callback: () => void): void {
  setImmediate(() => setImmediate(callback))
}
