import type { Architecture, Runtime } from '@aws-sdk/client-lambda'
import type { Reader, Store } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { moveCodeUse } from '../code/code-use.ts'
import { codeBlob, readPackage } from '../code/package.ts'
import { invalidParameter, notFound } from '../error.ts'
import { givenZip } from '../function/given-code.ts'
import type { LambdaOperations } from '../operations.ts'
import { numberKey, page } from '../page.ts'
import { type LayerVersionRecord, layers, layerVersions } from './layer.ts'
import { layerArn, layerVersionArn, otherOwner, readLayerName, readLayerVersionArn } from './name.ts'
import { presentLayerVersion, presentListedLayerVersion } from './present.ts'

export interface LayerDependencies {
  readonly store: Store
  readonly now: () => Date
  /** URL from which a client can fetch a blob. */
  readonly codeLocation: (blobName: string) => string
}

export function layerOperations({ store, now, codeLocation }: LayerDependencies) {
  async function getLayerVersion(caller: Caller, layerName: string, version: number) {
    const record = await store.read((reader) => loadLayerVersion(reader, caller, layerName, version))
    if (record === undefined) throw notFound('The resource you requested does not exist.')
    return presentLayerVersion(caller, record, codeLocation)
  }

  return {
    async PublishLayerVersion(input, caller) {
      const layerName = readLayerName(input.LayerName, caller)
      const zip = givenZip(input.Content)
      const code = await readPackage(zip)
      const scope = scopeOf(caller)

      const record = await store.write(async (transaction) => {
        const { lastVersion } = (await transaction.get(layers, scope, layerName)) ?? { lastVersion: 0 }
        const version = lastVersion + 1
        const record: LayerVersionRecord = {
          layerName,
          version,
          description: input.Description ?? '',
          code,
          ...(input.CompatibleRuntimes && { compatibleRuntimes: input.CompatibleRuntimes }),
          ...(input.CompatibleArchitectures && { compatibleArchitectures: input.CompatibleArchitectures }),
          ...(input.LicenseInfo !== undefined && { licenseInfo: input.LicenseInfo }),
          createdDate: now().getTime(),
        }
        await transaction.putBlob(codeBlob(code.digest), zip)
        await transaction.put(layers, scope, layerName, { lastVersion: version })
        await transaction.put(layerVersions, scope, `${layerName}/${version}`, record)
        const user = layerVersionArn(caller, layerName, version)
        await moveCodeUse(transaction, { user, before: [], after: [code.digest] })
        return record
      })
      return presentLayerVersion(caller, record, codeLocation)
    },

    async GetLayerVersion(input, caller) {
      checkNumber(input.VersionNumber)
      return getLayerVersion(caller, readLayerName(input.LayerName, caller), input.VersionNumber)
    },

    async GetLayerVersionByArn(input, caller) {
      const { region, account, layerName, version } = readLayerVersionArn(input.Arn, 'arn')
      if (account !== caller.account || region !== caller.region) throw otherOwner(input.Arn, caller)
      return getLayerVersion(caller, layerName, version)
    },

    async ListLayers(input, caller) {
      const versions = await store.read((reader) => listLayerVersions(reader, caller, ''))
      const matching = versions.filter((record) => matches(record, input))
      // Newest first within a layer: the first of each is the one to show.
      const newest = [...Map.groupBy(matching, ({ layerName }) => layerName).values()].flatMap((ofOne) =>
        ofOne.slice(0, 1),
      )
      const { items, next } = page(newest, ({ layerName }) => layerName, input)
      return {
        Layers: items.map((record) => ({
          LayerName: record.layerName,
          LayerArn: layerArn(caller, record.layerName),
          LatestMatchingVersion: presentListedLayerVersion(caller, record),
        })),
        NextMarker: next,
      }
    },

    async ListLayerVersions(input, caller) {
      const layerName = readLayerName(input.LayerName, caller)
      const versions = await store.read((reader) => listLayerVersions(reader, caller, `${layerName}/`))
      const matching = versions.filter((record) => matches(record, input))
      const { items, next } = page(matching, ({ version }) => numberKey(Number.MAX_SAFE_INTEGER - version), input)
      return { LayerVersions: items.map((record) => presentListedLayerVersion(caller, record)), NextMarker: next }
    },

    async DeleteLayerVersion(input, caller) {
      checkNumber(input.VersionNumber)
      const layerName = readLayerName(input.LayerName, caller)
      await store.write(async (transaction) => {
        const record = await loadLayerVersion(transaction, caller, layerName, input.VersionNumber)
        if (record === undefined) return
        await transaction.delete(layerVersions, scopeOf(caller), `${layerName}/${record.version}`)
        const user = layerVersionArn(caller, layerName, record.version)
        await moveCodeUse(transaction, { user, before: [record.code.digest], after: [] })
      })
      return {}
    },
  } satisfies Partial<LambdaOperations>
}

function checkNumber(version: number): void {
  if (version < 1) throw invalidParameter('Layer Version Cannot be less than 1')
}

function loadLayerVersion(reader: Reader, caller: Caller, layerName: string, version: number) {
  return reader.get(layerVersions, scopeOf(caller), `${layerName}/${version}`)
}

/** By layer name; newest first within a layer. */
async function listLayerVersions(reader: Reader, caller: Caller, prefix: string): Promise<LayerVersionRecord[]> {
  const entries = await reader.list(layerVersions, scopeOf(caller), { prefix })
  return entries
    .map(({ document }) => document)
    .sort((a, b) => compare(a.layerName, b.layerName) || b.version - a.version)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

interface Filter {
  readonly CompatibleRuntime?: Runtime
  readonly CompatibleArchitecture?: Architecture
}

function matches(
  { compatibleRuntimes = [], compatibleArchitectures = [] }: LayerVersionRecord,
  filter: Filter,
): boolean {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = filter
  return (
    (runtime === undefined || compatibleRuntimes.includes(runtime)) &&
    (architecture === undefined || compatibleArchitectures.includes(architecture))
  )
}
