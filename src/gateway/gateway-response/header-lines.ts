import type { GatewayError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import { fateOfMapped, remapped } from '../mapping/header-fate.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { compileErrorSource, type ErrorSource } from './error-variables.ts'

/** A header that a gateway response sets. */
interface HeaderLine {
  readonly name: string
  readonly source: ErrorSource
}

/** Makes the header lines of one answer, flat. */
export type HeaderLines = (error: GatewayError, invocation: Invocation) => string[]

/** Compiles `gatewayresponse.header.{name}` parameters. A value that is empty sets no header. */
export function compileHeaders(parameters: Readonly<Record<string, string>>, place: CallPlace): HeaderLines {
  const lines: HeaderLine[] = []
  for (const [target, expression] of Object.entries(parameters)) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1]
    const source = compileErrorSource(expression, place)
    const fate = name === undefined ? 'drop' : fateOfMapped(name.toLowerCase())
    if (name !== undefined && source && fate !== 'drop') {
      lines.push({ name: fate === 'remap' ? remapped(name) : name, source })
    }
  }
  return (error, invocation) => {
    const flat: string[] = []
    for (const { name, source } of lines) {
      const value = headerText(source(error, invocation))
      if (value !== '') flat.push(name, value)
    }
    return flat
  }
}

/** A caller's text as a header value: control characters would end the line, and beyond ASCII it is sent as UTF-8. */
function headerText(value: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a header value must not hold.
  const printable = value.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ').trim()
  return Buffer.from(printable, 'utf8').toString('latin1')
}
