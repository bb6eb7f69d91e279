import { createRequire } from 'node:module'
import type { RE2JS } from 're2js'

let engine: typeof RE2JS | undefined

/** Matches regular expressions in linear time. Loaded when a pattern first needs it: 8 ms and 5 MB. */
export function linearEngine(): typeof RE2JS {
  if (!engine) {
    const loaded: typeof import('re2js') = createRequire(import.meta.url)('re2js')
    engine = loaded.RE2JS
  }
  return engine
}
