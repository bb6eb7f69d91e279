import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import type { FunctionLayer } from '../function/function.ts'
import { layerVersions } from './layer.ts'
import { otherOwner, readLayerVersionArn } from './name.ts'

/** Layers of one function (documented). */
const maxLayers = 5

/**
 * The layer versions that a function is to use, in its order.
 * @throws {ServiceError} `InvalidParameterValueException` for too many, two versions of one layer, another region, or one
 *   that does not exist; `AccessDeniedException` for another account's.
 */
export async function resolveLayers(reader: Reader, caller: Caller, arns: readonly string[]): Promise<FunctionLayer[]> {
  if (arns.length > maxLayers) throw invalidParameter(`Cannot reference more than ${maxLayers} layers.`)
  const resolved = new Map<string, FunctionLayer>()
  for (const arn of arns) {
    const layer = await resolveLayer(reader, caller, arn)
    const name = readLayerVersionArn(arn, 'layers').layerName
    const other = resolved.get(name)
    if (other !== undefined) {
      throw invalidParameter(
        'Two different versions of the same layer are not allowed to be referenced in the same function. ' +
          `${other.arn} and ${arn} are versions of the same layer.`,
      )
    }
    resolved.set(name, layer)
  }
  return [...resolved.values()]
}

async function resolveLayer(reader: Reader, caller: Caller, arn: string): Promise<FunctionLayer> {
  const { region, account, layerName, version } = readLayerVersionArn(arn, 'layers')
  if (account !== caller.account) throw otherOwner(arn, caller)
  if (region !== caller.region) {
    throw invalidParameter(
      `Layers are not in the same region as the function. Layers are expected to be in region ${caller.region}.`,
    )
  }
  const record = await reader.get(layerVersions, scopeOf(caller), `${layerName}/${version}`)
  if (record === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`)
  return { arn, code: record.code }
}
