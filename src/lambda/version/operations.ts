import type { Store } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { codeSha256 } from '../code/package.ts'
import { checkRevision, invalidParameter } from '../error.ts'
import { listVersions, loadFunction, versionNumber } from '../function/load.ts'
import { functionArn, readFunctionName, readUnqualifiedName } from '../function/name.ts'
import { presentListed, presentVersion } from '../function/present.ts'
import { refuseUnsupported } from '../function/unsupported.ts'
import type { LambdaOperations } from '../operations.ts'
import { numberKey, page } from '../page.ts'
import { publishLatest } from './publish.ts'

export function versionOperations({ store, newUuid }: { readonly store: Store; readonly newUuid: () => string }) {
  return {
    async PublishVersion(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      refuseUnsupported(input)
      return store.write(async (transaction) => {
        const loaded = await loadFunction(transaction, caller, name, '$LATEST')
        checkRevision(input.RevisionId, loaded.latest.revisionId)
        checkCode(input.CodeSha256, codeSha256(loaded.latest.code.digest))
        const published = await publishLatest(transaction, caller, loaded, { newUuid, description: input.Description })
        return presentVersion(published, functionArn(caller, name, published.version))
      })
    },

    async ListVersionsByFunction(input, caller) {
      const { name } = readFunctionName(input.FunctionName, undefined, caller)
      return store.read(async (reader) => {
        await loadFunction(reader, caller, name)
        const versions = await listVersions(reader, scopeOf(caller), name)
        const { items, next } = page(versions, ({ version }) => numberKey(versionNumber(version)), input)
        return {
          Versions: items.map((version) => presentListed(version, functionArn(caller, name, version.version))),
          NextMarker: next,
        }
      })
    },
  } satisfies Partial<LambdaOperations>
}

/** @throws {ServiceError} `InvalidParameterValueException` when a digest is given and is not that of `$LATEST`. */
function checkCode(given: string | undefined, latest: string): void {
  if (given === undefined || given === latest) return
  throw invalidParameter(
    `CodeSHA256 (${given}) is different from current CodeSHA256 in $LATEST (${latest}). ` +
      'Please try again with the CodeSHA256 in $LATEST.',
  )
}
