import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { aliases } from '../alias/alias.ts'
import { functionNotFound } from '../error.ts'
import { type FunctionRecord, functions, type VersionRecord, versions } from './function.ts'
import { type FunctionReference, functionArn } from './name.ts'

/** A function with its `$LATEST`. */
export interface LoadedFunction {
  readonly fn: FunctionRecord
  readonly latest: VersionRecord
}

/** @throws {ServiceError} `ResourceNotFoundException` that names `qualifier` as Lambda's own text for the operation does. */
export async function loadFunction(
  reader: Reader,
  caller: Caller,
  name: string,
  qualifier?: string,
): Promise<LoadedFunction> {
  const fn = await reader.get(functions, scopeOf(caller), name)
  const latest = await loadVersion(reader, caller, name, '$LATEST')
  if (fn === undefined || latest === undefined) throw functionNotFound(functionArn(caller, name, qualifier))
  return { fn, latest }
}

export function loadVersion(
  reader: Reader,
  caller: Caller,
  name: string,
  version: string,
): Promise<VersionRecord | undefined> {
  return reader.get(versions, scopeOf(caller), `${name}/${version}`)
}

/**
 * The version that a qualifier stands for, an alias's own one included, and the ARN by which it was asked for.
 * @throws {ServiceError} `ResourceNotFoundException`
 */
export async function resolveVersion(
  reader: Reader,
  caller: Caller,
  { name, qualifier }: FunctionReference,
): Promise<{ readonly version: VersionRecord; readonly arn: string }> {
  const arn = functionArn(caller, name, qualifier)
  const alias = qualifier && (await reader.get(aliases, scopeOf(caller), `${name}/${qualifier}`))
  const version = await loadVersion(reader, caller, name, alias ? alias.version : (qualifier ?? '$LATEST'))
  if (version === undefined) throw functionNotFound(arn)
  return { version, arn }
}

/** `$LATEST` first, then by number. */
export async function listVersions(reader: Reader, scope: string, name: string): Promise<VersionRecord[]> {
  const entries = await reader.list(versions, scope, { prefix: `${name}/` })
  return entries.map(({ document }) => document).sort((a, b) => versionNumber(a.version) - versionNumber(b.version))
}

/** The number of a version; 0 for `$LATEST`. */
export function versionNumber(version: string): number {
  return version === '$LATEST' ? 0 : Number(version)
}
