import { configurationError } from '../../error.ts'
import type { MappedValues } from '../backend.ts'

/** Fills in a text's `{placeholders}`. @throws {GatewayError} 500 for one without a value. */
export type Filled = (values: MappedValues) => string

/**
 * Compiles a text with `{placeholders}`; a name may end in `+`, as in `{proxy+}`.
 * @param clean What literals and values go through.
 */
export function filled(template: string, clean: (text: string) => string): Filled {
  // Odd parts are the placeholders' names.
  const parts = template.split(/\{([^{}]*)\}/)
  const literals = parts.filter((_, i) => i % 2 === 0).map(clean)
  const names = parts.filter((_, i) => i % 2 === 1).map((name) => name.replace(/\+$/, ''))
  const [first = ''] = literals
  if (names.length === 0) return () => first
  return (values) => {
    let text = first
    for (let i = 0; i < names.length; i++) {
      const value = values.get(names[i] ?? '')?.join(',')
      if (value === undefined) {
        throw configurationError(
          `Execution failed due to configuration error: The placeholder {${names[i]}} of the URI has no value`,
        )
      }
      text += clean(value) + (literals[i + 1] ?? '')
    }
    return text
  }
}
