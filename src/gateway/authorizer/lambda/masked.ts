/** Observed: of what tells who somebody is, the execution log shows the last six characters. */
export function masked(secret: string): string {
  const shown = secret.length > shownCharacters ? secret.slice(-shownCharacters) : ''
  return '*'.repeat(secret.length - shown.length) + shown
}

const shownCharacters = 6
