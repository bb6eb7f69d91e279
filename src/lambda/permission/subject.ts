import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type AliasRecord, aliases } from '../alias/alias.ts'
import { functionNotFound, notFound } from '../error.ts'
import { type VersionRecord, versions } from '../function/function.ts'
import { loadFunction, loadVersion } from '../function/load.ts'
import { type FunctionReference, functionArn, isAliasName } from '../function/name.ts'
import { reviseFunction } from '../function/save.ts'

/** What a policy belongs to, and whose revision id it shares: an alias or a version; unqualified, `$LATEST`. */
export type Subject =
  | { readonly kind: 'alias'; readonly functionName: string; readonly record: AliasRecord }
  | { readonly kind: 'version'; readonly functionName: string; readonly record: VersionRecord }

/** @throws {ServiceError} `ResourceNotFoundException` */
export async function loadSubject(
  reader: Reader,
  caller: Caller,
  { name, qualifier = '$LATEST' }: FunctionReference,
): Promise<Subject> {
  await loadFunction(reader, caller, name)
  const arn = functionArn(caller, name, qualifier)
  if (isAliasName(qualifier)) {
    const record = await reader.get(aliases, scopeOf(caller), `${name}/${qualifier}`)
    if (record === undefined) throw notFound(`Cannot find alias arn: ${arn}`)
    return { kind: 'alias', functionName: name, record }
  }
  const record = await loadVersion(reader, caller, name, qualifier)
  if (record === undefined) throw functionNotFound(arn)
  return { kind: 'version', functionName: name, record }
}

/** A change of policy changes the revision id of what it belongs to (observed); published versions included. */
export async function renewRevision(
  transaction: Transaction,
  caller: Caller,
  subject: Subject,
  revisionId: string,
): Promise<void> {
  const scope = scopeOf(caller)
  const { functionName: name } = subject
  if (subject.kind === 'alias') {
    await transaction.put(aliases, scope, `${name}/${subject.record.name}`, { ...subject.record, revisionId })
  } else {
    await transaction.put(versions, scope, `${name}/${subject.record.version}`, { ...subject.record, revisionId })
  }
  await reviseFunction(transaction, caller, name)
}
