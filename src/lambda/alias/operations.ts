import type { Reader, Store, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { checkRevision, conflict, functionNotFound, notFound } from '../error.ts'
import { loadFunction, loadVersion } from '../function/load.ts'
import { functionArn, readUnqualifiedName } from '../function/name.ts'
import { reviseFunction } from '../function/save.ts'
import type { LambdaOperations, LambdaOutput } from '../operations.ts'
import { page } from '../page.ts'
import { policies } from '../permission/policy.ts'
import { type AliasRecord, aliases } from './alias.ts'
import { checkRouting } from './routing.ts'

export function aliasOperations({ store, newUuid }: { readonly store: Store; readonly newUuid: () => string }) {
  return {
    async CreateAlias(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      const alias: AliasRecord = {
        name: input.Name,
        version: input.FunctionVersion,
        description: input.Description ?? '',
        additionalVersionWeights: input.RoutingConfig?.AdditionalVersionWeights ?? {},
        revisionId: newUuid(),
      }
      return store.write(async (transaction) => {
        await loadFunction(transaction, caller, name, alias.version)
        await checkTargets(transaction, caller, name, alias)
        if (!(await transaction.insert(aliases, scopeOf(caller), `${name}/${alias.name}`, alias))) {
          throw conflict(`Alias already exists: ${functionArn(caller, name, alias.name)}`)
        }
        await reviseFunction(transaction, caller, name)
        return present(caller, name, alias)
      })
    },

    async GetAlias(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      const alias = await store.read((reader) => loadAlias(reader, caller, name, input.Name))
      if (alias === undefined) throw notFound(`Cannot find alias arn: ${functionArn(caller, name, input.Name)}`)
      return present(caller, name, alias)
    },

    async ListAliases(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      return store.read(async (reader) => {
        await loadFunction(reader, caller, name)
        const all = (await reader.list(aliases, scopeOf(caller), { prefix: `${name}/` })).map(
          ({ document }) => document,
        )
        const { FunctionVersion: target } = input
        const listed = all.filter((alias) => target === undefined || pointsTo(alias, target))
        const { items, next } = page(listed, (alias) => alias.name, input)
        return { Aliases: items.map((alias) => present(caller, name, alias)), NextMarker: next }
      })
    },

    async UpdateAlias(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      return store.write(async (transaction) => {
        const before = await loadAlias(transaction, caller, name, input.Name)
        if (before === undefined) throw notFound(`Alias not found: ${functionArn(caller, name, input.Name)}`)
        checkRevision(input.RevisionId, before.revisionId)
        const { RoutingConfig: routing } = input
        const alias: AliasRecord = {
          ...before,
          version: input.FunctionVersion ?? before.version,
          description: input.Description ?? before.description,
          additionalVersionWeights: routing
            ? (routing.AdditionalVersionWeights ?? {})
            : before.additionalVersionWeights,
          revisionId: newUuid(),
        }
        await checkTargets(transaction, caller, name, alias)
        await saveAlias(transaction, caller, name, alias)
        return present(caller, name, alias)
      })
    },

    /** An alias that does not exist is no error (observed). */
    async DeleteAlias(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      await store.write(async (transaction) => {
        await loadFunction(transaction, caller, name)
        const key = `${name}/${input.Name}`
        if (!(await transaction.delete(aliases, scopeOf(caller), key))) return
        await transaction.delete(policies, scopeOf(caller), key)
        await reviseFunction(transaction, caller, name)
      })
      return {}
    },
  } satisfies Partial<LambdaOperations>
}

function loadAlias(reader: Reader, caller: Caller, name: string, alias: string) {
  return reader.get(aliases, scopeOf(caller), `${name}/${alias}`)
}

async function saveAlias(transaction: Transaction, caller: Caller, name: string, alias: AliasRecord) {
  await transaction.put(aliases, scopeOf(caller), `${name}/${alias.name}`, alias)
  await reviseFunction(transaction, caller, name)
}

/** @throws {ServiceError} when the alias shares calls in a way that Lambda refuses, or names a version that is not there. */
async function checkTargets(reader: Reader, caller: Caller, name: string, alias: AliasRecord): Promise<void> {
  checkRouting(alias)
  for (const version of [alias.version, ...Object.keys(alias.additionalVersionWeights)]) {
    if ((await loadVersion(reader, caller, name, version)) === undefined) {
      throw functionNotFound(functionArn(caller, name, version))
    }
  }
}

function pointsTo({ version, additionalVersionWeights }: AliasRecord, target: string): boolean {
  return version === target || target in additionalVersionWeights
}

function present(caller: Caller, name: string, alias: AliasRecord): LambdaOutput<'GetAlias'> {
  return {
    AliasArn: functionArn(caller, name, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(Object.keys(alias.additionalVersionWeights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: alias.additionalVersionWeights },
    }),
    RevisionId: alias.revisionId,
  }
}
