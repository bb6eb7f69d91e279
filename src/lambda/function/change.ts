import type { FunctionAlias, FunctionChange, FunctionVersion, PolicyStatement } from '../../snapshot/function.ts'
import type { Reader } from '../../storage/store.ts'
import { aliases } from '../alias/alias.ts'
import { policies } from '../permission/policy.ts'
import { functions, type VersionRecord } from './function.ts'
import { listVersions } from './load.ts'
import { functionArn } from './name.ts'

/**
 * What whoever runs functions has to know of one: for the revisions of topic `function`.
 * @param scope `{account}/{region}`
 */
export async function readFunctionChange(reader: Reader, scope: string, name: string): Promise<FunctionChange> {
  const arn = arnIn(scope, name)
  const fn = await reader.get(functions, scope, name)
  if (fn === undefined) return { functionArn: arn }

  const prefix = `${name}/`
  const versions = await listVersions(reader, scope, name)
  const named = await reader.list(aliases, scope, { prefix })
  const allowed = await reader.list(policies, scope, { prefix })
  return {
    functionArn: arn,
    published: {
      functionArn: arn,
      versions: Object.fromEntries(versions.map((version) => [version.version, publishedVersion(version, arn)])),
      aliases: Object.fromEntries(
        named.map(({ document: { name: alias, version, additionalVersionWeights } }): [string, FunctionAlias] => [
          alias,
          { version, additionalVersionWeights },
        ]),
      ),
      policies: Object.fromEntries(
        allowed.map(({ key, document }): [string, readonly PolicyStatement[]] => [
          key.slice(prefix.length),
          document.statements,
        ]),
      ),
      ...(fn.reservedConcurrency !== undefined && { reservedConcurrency: fn.reservedConcurrency }),
    },
  }
}

/** Every function of every account and region: what a data thread starts with. */
export async function listFunctionChanges(reader: Reader): Promise<FunctionChange[]> {
  const changes: FunctionChange[] = []
  for (const scope of await reader.scopes(functions)) {
    for (const { key } of await reader.list(functions, scope))
      changes.push(await readFunctionChange(reader, scope, key))
  }
  return changes
}

function arnIn(scope: string, name: string): string {
  const [account = '', region = ''] = scope.split('/')
  return functionArn({ account, region }, name)
}

function publishedVersion({ settings, code, ...record }: VersionRecord, arn: string): FunctionVersion {
  return {
    functionArn: arn,
    functionName: record.functionName,
    version: record.version,
    runtime: settings.runtime,
    handler: settings.handler,
    role: settings.role,
    codeDigest: code.digest,
    layers: settings.layers.map((layer) => ({ arn: layer.arn, codeDigest: layer.code.digest })),
    environment: settings.environment ?? {},
    memoryMegabytes: settings.memoryMegabytes,
    timeoutSeconds: settings.timeoutSeconds,
    revisionId: record.contentId,
  }
}
