/**
 * Java's regular-expression syntax that JavaScript reads differently or not at all: flags for the whole expression,
 * atomic groups, possessive quantifiers, class intersections, and escapes such as `\Q…\E` or `\p{Alpha}`.
 */
const javaOnly = /^\(\?[a-zA-Z-]+\)|\(\?>|[*+?}]\+|&&|\\[AzZQEpPhHRXGeaN]/

/** Whether a pattern is surely no regular expression; one in syntax of Java's own is not judged. */
export function isBrokenPattern(pattern: string): boolean {
  return !javaOnly.test(pattern) && !compiles(pattern)
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern)
    return true
  } catch {
    return false
  }
}
