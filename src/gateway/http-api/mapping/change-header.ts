import { isNamed } from '../../headers.ts'
import type { Change } from './change.ts'

/**
 * Appends, replaces or removes a header. Without a value nothing is appended, and what would be replaced is removed: a client's
 * own value must never pass for a mapped one.
 *
 * @param lines Flat names and values; changed in place.
 */
export function changeHeader(lines: string[], { action, name }: Change, value: string): void {
  if (action !== 'append') removeHeader(lines, name.toLowerCase())
  if (action !== 'remove' && value !== '') lines.push(name, value)
}

function removeHeader(lines: string[], lowerName: string): void {
  let kept = 0
  for (let i = 0; i < lines.length; i += 2) {
    if (isNamed(lines[i] ?? '', lowerName)) continue
    lines[kept] = lines[i] ?? ''
    lines[kept + 1] = lines[i + 1] ?? ''
    kept += 2
  }
  lines.length = kept
}
