import type { GatewayError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import { compileSource } from '../mapping/source.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { quoted } from './default-answer.ts'

/** Reads the value of an expression when an error is answered; empty where nothing is set. */
export type ErrorSource = (error: GatewayError, invocation: Invocation) => string

const errorVariables: Readonly<Record<string, ErrorSource>> = {
  'context.error.message': ({ message }) => message,
  'context.error.messageString': ({ message }) => quoted(message),
  'context.error.responseType': ({ type }) => type,
  'context.error.validationErrorString': ({ validationError = '' }) => validationError,
}

/**
 * Compiles an expression of a gateway response: a literal in single quotes, or what follows the `$` of a variable.
 * @returns Undefined when the expression is none.
 */
export function compileErrorSource(expression: string, place: CallPlace): ErrorSource | undefined {
  if (Object.hasOwn(errorVariables, expression)) return errorVariables[expression]
  const source = compileSource(expression, place)
  return source && ((_error, invocation) => source(invocation).at(-1) ?? '')
}
