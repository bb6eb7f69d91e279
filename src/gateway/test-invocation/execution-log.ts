/** Takes what happens to one call, in the words of the service's execution log. */
export interface ExecutionLog {
  /** @param text One line; longer ones are cut. */
  write(text: string): void
}

/** Header lines, or any names and values, as the execution log shows them: `{a=1, b=2,3}`. */
export function logged(lines: readonly string[]): string {
  const values = new Map<string, string>()
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? ''
    const earlier = values.get(name)
    values.set(name, earlier === undefined ? (lines[i + 1] ?? '') : `${earlier},${lines[i + 1] ?? ''}`)
  }
  return `{${[...values].map(([name, value]) => `${name}=${value}`).join(', ')}}`
}
