import { codeBlob, readPackage } from '../code/package.ts'
import { checkRevision, invalidParameter } from '../error.ts'
import { resolveLayers } from '../layer/resolve.ts'
import type { LambdaOperations } from '../operations.ts'
import { publishLatest } from '../version/publish.ts'
import { givenZip } from './given-code.ts'
import { loadFunction } from './load.ts'
import { functionArn, readUnqualifiedName } from './name.ts'
import type { FunctionDependencies } from './operations.ts'
import { presentVersion } from './present.ts'
import { changeLatest, saveVersion } from './save.ts'
import { changeSettings } from './settings.ts'
import { refuseLogGroup, refuseUnsupported } from './unsupported.ts'

/** The operations that change `$LATEST`. */
export function updateOperations({ store, now, newUuid, machine }: FunctionDependencies) {
  return {
    async UpdateFunctionCode(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      refuseUnsupported(input)
      if (input.ImageUri !== undefined) {
        throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.")
      }
      const zip = givenZip(input)
      const code = await readPackage(zip)

      return store.write(async (transaction) => {
        const { fn, latest: before } = await loadFunction(transaction, caller, name)
        checkRevision(input.RevisionId, before.revisionId)
        const { Architectures: [architecture = before.settings.architecture] = [] } = input
        const settings = changeSettings(before.settings, { architecture }, machine)
        const latest = changeLatest(before, { settings, code, now: now(), newUuid })
        if (input.DryRun) return presentVersion(latest, functionArn(caller, name))

        await transaction.putBlob(codeBlob(code.digest), zip)
        await saveVersion(transaction, caller, latest, before)
        if (!input.Publish) return presentVersion(latest, functionArn(caller, name))
        const published = await publishLatest(transaction, caller, { fn, latest }, { newUuid })
        return presentVersion(published, functionArn(caller, name, published.version))
      })
    },

    async UpdateFunctionConfiguration(input, caller) {
      const name = readUnqualifiedName(input.FunctionName, caller)
      refuseUnsupported(input)
      refuseLogGroup(input, name)
      const { Layers: layerArns, ...given } = input

      return store.write(async (transaction) => {
        const { latest: before } = await loadFunction(transaction, caller, name)
        checkRevision(input.RevisionId, before.revisionId)
        const layers = layerArns === undefined ? undefined : await resolveLayers(transaction, caller, layerArns)
        const settings = changeSettings(before.settings, layers ? { ...given, layers } : given, machine)
        const latest = changeLatest(before, { settings, code: before.code, now: now(), newUuid })
        await saveVersion(transaction, caller, latest, before)
        return presentVersion(latest, functionArn(caller, name))
      })
    },
  } satisfies Partial<LambdaOperations>
}
