import type { CallPlace } from '../rest/deployed-method.ts'
import { compileErrorSource, type ErrorSource } from './error-variables.ts'

/** Constant text and expressions in turn, constant text first: `['{"message":', 'context.error.messageString', '}']`. */
export type Template = readonly string[]

const locations = 'path|querystring|header|multivaluequerystring|multivalueheader'
const expression = String.raw`context(?:\.\w+)+|stageVariables\.\w+|method\.request\.(?:${locations})\.[\w.$-]*[\w$-]`
const variable = new RegExp(String.raw`\$(?:\{(${expression})\}|(${expression}))`)

/** Parses a template of a gateway response: variables are filled in, and everything else is text (documented: no VTL). */
export function parseTemplate(text: string): Template {
  // A split gives both groups of each match, of which one is undefined.
  return text.split(variable).filter((part) => part !== undefined)
}

/**
 * Compiles a template for one place.
 * @param json Whether it makes JSON. What a validator found quotes names; there it is escaped, so that it can stand in a
 *   string.
 */
export function compileTemplate(template: Template, place: CallPlace, json: boolean): ErrorSource {
  const parts = template.map((part, i) => (i % 2 === 0 ? part : sourceOf(part, place, json)))
  return (error, invocation) => {
    let text = ''
    for (const part of parts) text += typeof part === 'string' ? part : part(error, invocation)
    return text
  }
}

function sourceOf(part: string, place: CallPlace, json: boolean): ErrorSource | string {
  const source = compileErrorSource(part, place)
  if (!source) return ''
  if (!json || part !== 'context.error.validationErrorString') return source
  return (error, invocation) => JSON.stringify(source(error, invocation)).slice(1, -1)
}
