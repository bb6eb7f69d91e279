import { badRequest } from './refusal.ts'

/** Documented: what a parameter's name may hold. */
const name = '[a-zA-Z0-9._$-]+'
const methodRequest = new RegExp(
  `^method\\.request\\.(path|querystring|header|multivaluequerystring|multivalueheader)\\.(${name})$`,
)
const integrationRequest = new RegExp(`^integration\\.request\\.(?:path|querystring|header)\\.${name}$`)
const methodResponse = new RegExp(`^method\\.response\\.header\\.${name}$`)
const requestSource = new RegExp(
  `^(?:method\\.request\\.body(?:[.[].+)?|stageVariables\\.${name}|context\\..+|'[^']*')$`,
)
const responseSource = new RegExp(
  `^(?:integration\\.response\\.(?:(?:multivalue)?header\\.${name}|body(?:[.[].+)?)|stageVariables\\.${name}|context\\..+|'[^']*')$`,
)

/** Where a method parameter comes from, and how it is called. */
export interface MethodParameter {
  /** `path`, `querystring`, `header`, `multivaluequerystring` or `multivalueheader`. */
  readonly location: string
  readonly name: string
}

/** Reads `method.request.{location}.{name}`. */
export function parseMethodParameter(expression: string): MethodParameter | undefined {
  const [, location, parameter] = methodRequest.exec(expression) ?? []
  return location === undefined || parameter === undefined ? undefined : { location, name: parameter }
}

/** Whether `text` is `integration.request.{path|querystring|header}.{name}`. */
export function isIntegrationParameter(text: string): boolean {
  return integrationRequest.test(text)
}

/** Whether `text` is `method.response.header.{name}`. */
export function isMethodResponseHeader(text: string): boolean {
  return methodResponse.test(text)
}

/** Whether a mapping may take an integration's request parameter from `text`; `method.request` parameters aside. */
export function isRequestSource(text: string): boolean {
  return requestSource.test(text)
}

/** Whether a mapping may take a response header from `text`. */
export function isResponseSource(text: string): boolean {
  return responseSource.test(text)
}

/** Observed text for a value that is no mapping expression. */
export function invalidExpression(expression: string): Error {
  return invalidMapping(`Invalid mapping expression specified: ${expression}`)
}

/** Observed text for a parameter that is misspelt, or that the method does not declare. */
export function invalidParameter(parameter: string): Error {
  return invalidMapping(`Invalid mapping expression parameter specified: ${parameter}`)
}

/** Observed text around every error in mappings. */
export function invalidMapping(error: string): Error {
  return badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`)
}
