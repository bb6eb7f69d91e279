import type { Architecture } from '@aws-sdk/client-lambda'
import type { Reader, Store } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { checkCombinedSize, codeBlob, readPackage } from '../code/package.ts'
import { conflict, invalidParameter } from '../error.ts'
import { resolveLayers } from '../layer/resolve.ts'
import type { LambdaOperations } from '../operations.ts'
import { numberKey, page } from '../page.ts'
import { checkTags } from '../tag/tags.ts'
import { publishLatest } from '../version/publish.ts'
import { deleteFunction, deleteVersion } from './delete.ts'
import { type FunctionRecord, functions, type VersionRecord } from './function.ts'
import { givenZip } from './given-code.ts'
import { listVersions, loadFunction, resolveVersion, versionNumber } from './load.ts'
import { functionArn, isAliasName, readFunctionName, readNewName } from './name.ts'
import { presentListed, presentVersion } from './present.ts'
import { saveFunction, saveVersion } from './save.ts'
import { newSettings } from './settings.ts'
import { refuseLogGroup, refuseUnsupported } from './unsupported.ts'

export interface FunctionDependencies {
  readonly store: Store
  readonly now: () => Date
  readonly newUuid: () => string
  /** URL from which a client can fetch a blob. */
  readonly codeLocation: (blobName: string) => string
  /** What `provided` runtimes run on. */
  readonly machine: Architecture
}

export function functionOperations({ store, now, newUuid, codeLocation, machine }: FunctionDependencies) {
  return {
    async CreateFunction(input, caller) {
      const name = readNewName(input.FunctionName, caller)
      refuseUnsupported(input)
      refuseLogGroup(input, name)
      const zip = givenZip(input.Code)
      const tags = input.Tags ?? {}
      checkTags(tags)
      const { Layers: layerArns = [], Architectures: [architecture = 'x86_64'] = [], ...given } = input
      const settings = newSettings({ ...given, architecture }, machine)
      const code = await readPackage(zip)

      return store.write(async (transaction) => {
        if (await transaction.get(functions, scopeOf(caller), name)) throw conflict(`Function already exist: ${name}`)
        const layers = await resolveLayers(transaction, caller, layerArns)
        checkCombinedSize(code, layers)
        const fn: FunctionRecord = { functionName: name, lastVersion: 0, tags }
        const latest: VersionRecord = {
          functionName: name,
          version: '$LATEST',
          settings: { ...settings, layers },
          code,
          lastModified: now().getTime(),
          revisionId: newUuid(),
          contentId: newUuid(),
        }
        await transaction.putBlob(codeBlob(code.digest), zip)
        await saveFunction(transaction, caller, fn)
        await saveVersion(transaction, caller, latest)
        if (!input.Publish) return presentVersion(latest, functionArn(caller, name))
        const published = await publishLatest(transaction, caller, { fn, latest }, { newUuid })
        // The version's number under the function's unqualified ARN: observed.
        return presentVersion(published, functionArn(caller, name))
      })
    },

    async GetFunction(input, caller) {
      const reference = readFunctionName(input.FunctionName, input.Qualifier, caller)
      return store.read(async (reader) => {
        const { fn } = await loadFunction(reader, caller, reference.name, reference.qualifier)
        const { version, arn } = await resolveVersion(reader, caller, reference)
        return {
          Configuration: presentVersion(version, arn),
          Code: { RepositoryType: 'S3', Location: codeLocation(codeBlob(version.code.digest)) },
          ...(Object.keys(fn.tags).length > 0 && { Tags: fn.tags }),
          ...(fn.reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency },
          }),
        }
      })
    },

    async GetFunctionConfiguration(input, caller) {
      const reference = readFunctionName(input.FunctionName, input.Qualifier, caller)
      return store.read(async (reader) => {
        const { version, arn } = await resolveVersion(reader, caller, reference)
        return presentVersion(version, arn)
      })
    },

    async ListFunctions(input, caller) {
      if (input.MasterRegion !== undefined) {
        throw invalidParameter('MasterRegion is not supported: functions are not replicated to edge locations.')
      }
      return store.read(async (reader) => {
        const listed = await list(reader, caller, input.FunctionVersion === 'ALL')
        const { items, next } = page(listed, ({ key }) => key, input)
        return { Functions: items.map(({ version, arn }) => presentListed(version, arn)), NextMarker: next }
      })
    },

    async DeleteFunction(input, caller) {
      const { name, qualifier } = readFunctionName(input.FunctionName, input.Qualifier, caller)
      if (qualifier === '$LATEST') {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
      }
      if (qualifier !== undefined && isAliasName(qualifier)) {
        throw invalidParameter('Deletion of aliases is not currently supported.')
      }
      await store.write(async (transaction) => {
        await loadFunction(transaction, caller, name)
        if (qualifier === undefined) await deleteFunction(transaction, caller, name)
        else await deleteVersion(transaction, caller, name, qualifier)
      })
      return { StatusCode: 204 }
    },
  } satisfies Partial<LambdaOperations>
}

interface Listed {
  readonly key: string
  readonly version: VersionRecord
  readonly arn: string
}

/** By name, and then by number: a space sorts before every character of a name. */
async function list(reader: Reader, caller: Caller, every: boolean): Promise<Listed[]> {
  const names = await reader.list(functions, scopeOf(caller))
  const ofEach = await Promise.all(names.map(({ key }) => listVersions(reader, scopeOf(caller), key)))
  return ofEach
    .flatMap((ofOne) => (every ? ofOne : ofOne.slice(0, 1)))
    .map((version) => ({
      key: `${version.functionName} ${numberKey(versionNumber(version.version))}`,
      version,
      arn: functionArn(caller, version.functionName, every ? version.version : undefined),
    }))
}
