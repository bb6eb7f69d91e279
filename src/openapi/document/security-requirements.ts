import { isList, isObject, type Json, type JsonObject, textAt, textOf } from '../json.ts'

/** A security scheme that callers of an operation have to satisfy. */
export interface SecurityRequirement<Scheme> {
  readonly name: string
  readonly scheme: Scheme
  readonly scopes: readonly string[]
}

/** Says why an operation cannot be taken over. */
export type RefuseOperation = (reason: string) => void

/**
 * Reads the `security` of an operation or of a document.
 *
 * @returns `undefined` when a scheme is missing: an operation that must be closed is not opened because its lock is missing.
 */
export function readSecurityRequirements<Scheme>(
  security: Json | undefined,
  schemes: ReadonlyMap<string, Scheme>,
  refuse: RefuseOperation,
): SecurityRequirement<Scheme>[] | undefined {
  const named = (isList(security) ? security : []).flatMap((entry) => (isObject(entry) ? Object.entries(entry) : []))
  const requirements: SecurityRequirement<Scheme>[] = []
  for (const [name, scopes] of named) {
    const scheme = schemes.get(name)
    if (!scheme) {
      refuse(`Security definition '${name}' not found`)
      return undefined
    }
    requirements.push({ name, scheme, scopes: (isList(scopes) ? scopes : []).flatMap((scope) => textOf(scope) ?? []) })
  }
  return requirements
}

/** Whether the `x-amazon-apigateway-auth` of an operation asks for signed calls. */
export function isSigned(operation: JsonObject, refuse: RefuseOperation): boolean {
  const extension = operation['x-amazon-apigateway-auth']
  if (extension === undefined) return false
  const type = isObject(extension) ? textAt(extension, 'type')?.toUpperCase() : undefined
  if (type !== 'NONE' && type !== 'AWS_IAM') refuse('Invalid Authorization type specified')
  return type === 'AWS_IAM'
}
