/**
 * Matches `text` against a policy pattern: `*` stands for any run of characters, `/` included, and `?` for exactly one.
 * Case-sensitive. Takes at most `pattern × text` steps, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let retry = 0
  while (next < text.length) {
    if (pattern[at] === '*') {
      star = at++
      retry = next
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[next])) {
      at++
      next++
    } else if (star >= 0) {
      at = star + 1
      next = ++retry
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
