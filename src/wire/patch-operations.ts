import { ServiceError } from './service-error.ts'

/** One entry of an `apigateway` update's `patchOperations`. The framework has checked `op` against its enum already. */
export interface PatchOperation {
  readonly op?: string
  /** JSON pointer: `/variables/color`; `~1` stands for `/` and `~0` for `~` inside a name. */
  readonly path?: string
  /** Always a string, for booleans and numbers as well. */
  readonly value?: string
  /** Source pointer of a `copy`. */
  readonly from?: string
}

/**
 * Applies one operation to a record and returns the new record; the one it got stays as it was.
 * The names that the row's `{placeholders}` matched follow, unescaped, in their order.
 *
 * @throws {ServiceError} to refuse the value.
 */
export type PatchAction<R> = (record: R, operation: PatchOperation, ...names: string[]) => R

/** One row of a resource's patch table: a path, `{name}` standing for any one segment, and the operations it supports. */
export interface PatchRule<R> {
  readonly path: string
  readonly add?: PatchAction<R>
  readonly remove?: PatchAction<R>
  readonly replace?: PatchAction<R>
  readonly copy?: PatchAction<R>
  /** This path's own refusal of the operations that it does not support, instead of the table's. */
  readonly refuse?: PatchRefusal
}

/** Words the refusal of an operation that no row supports. `supported` are the table's paths for that `op`, in order. */
export type PatchRefusal = (operation: PatchOperation, supported: readonly string[]) => string

/**
 * Everything that a resource's `Update…` operation accepts. The first row that matches a path wins.
 *
 * @example
 * const stagePatch: PatchTable<Stage> = {
 *   refuse: strictPaths,
 *   rules: [
 *     optionalText('/description', 'description'),
 *     flag('/tracingEnabled', 'tracingEnabled'),
 *     mapEntry('/variables/{name}', 'variables'),
 *     { path: '/accessLogSettings', remove: ({ accessLogSettings: _, ...stage }) => stage },
 *     { path: '/{path}/{verb}/metrics/enabled', replace: (stage, { value }, path: string, verb: string) => … },
 *   ],
 * }
 * const updated = applyPatch(stagePatch, stage, input.patchOperations)
 */
export interface PatchTable<R> {
  readonly refuse: PatchRefusal
  readonly rules: readonly PatchRule<R>[]
}

/**
 * Applies all operations in order and returns the new record; `record` itself never changes, so a refusal leaves nothing
 * behind. Checks that need storage (does the deployment exist?) belong after it, on its result.
 *
 * @throws {ServiceError} `BadRequestException` on the first operation that the table does not support, or what a row throws.
 */
export function applyPatch<R>(table: PatchTable<R>, record: R, operations: readonly PatchOperation[] = []): R {
  return operations.reduce((current, operation) => applyOne(table, current, operation), record)
}

function applyOne<R>(table: PatchTable<R>, record: R, operation: PatchOperation): R {
  const segments = parsePointer(operation.path)
  for (const rule of segments === undefined ? [] : table.rules) {
    const names = match(rule.path, segments ?? [])
    const action = actionOf(rule, operation.op)
    if (names && action) return action(record, operation, ...names)
    if (names && rule.refuse) throw badPatch(rule.refuse(operation, pathsFor(table, operation.op)))
  }
  throw badPatch(table.refuse(operation, pathsFor(table, operation.op)))
}

/**
 * Refusal of the strict resources (ApiKey, DocumentationPart, Model, RequestValidator, …). Observed: an `op` that the
 * resource supports on no path at all is told so; otherwise the paths are listed. Two blanks before the quote.
 */
export const strictPaths: PatchRefusal = ({ op = 'null', path = 'null' }, supported) =>
  `Invalid patch path  '${path}' specified for op '${op}'. ${
    supported.length === 0 ? 'Please choose supported operations' : `Must be one of: [${supported.join(', ')}]`
  }`

/** Refusal of the loose resources (Method, MethodResponse, GatewayResponse). Observed: a missing path prints `null`. */
export const loosePaths: PatchRefusal = ({ path = 'null' }) => `Invalid patch path ${path}`

/** A row's refusal for properties that know one operation only. Observed on RestApi. */
export const replaceOnly: PatchRefusal = () => 'Invalid patch operation specified. Must be one of: [replace]'

/**
 * Splits a JSON pointer into its unescaped names.
 *
 * @example parsePointer('/responseTemplates/application~1json') // ['responseTemplates', 'application/json']
 * @returns `undefined` unless it begins with `/` and every name has at least one character.
 */
function parsePointer(path: string | undefined): string[] | undefined {
  if (!path?.startsWith('/')) return undefined
  const names = path.slice(1).split('/')
  return names.includes('') ? undefined : names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** An `apigateway` refusal of a patch: 400 `BadRequestException`. */
export function badPatch(message: string): ServiceError {
  return new ServiceError('BadRequestException', message)
}

function match(pattern: string, segments: readonly string[]): string[] | undefined {
  const parts = pattern.slice(1).split('/')
  if (parts.length !== segments.length) return undefined
  const names: string[] = []
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) names.push(segment)
    else if (part !== segment) return undefined
  }
  return names
}

function actionOf<R>(rule: PatchRule<R>, op: string | undefined): PatchAction<R> | undefined {
  return op === 'add' || op === 'remove' || op === 'replace' || op === 'copy' ? rule[op] : undefined
}

function pathsFor<R>(table: PatchTable<R>, op: string | undefined): string[] {
  return table.rules.filter((rule) => actionOf(rule, op) !== undefined).map(({ path }) => path)
}
