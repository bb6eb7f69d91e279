import { functionArn, readFunctionName } from '../../lambda/function/name.ts'
import { formatArn } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'
import type { Caller } from '../../wire/operation.ts'
import { type Permission, passRole, tagValues, textAt } from './permission.ts'

/** Documented: the operations that another action stands for. */
const actions: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  InvokeAsync: 'InvokeFunction',
  InvokeWithResponseStream: 'InvokeFunction',
  GetLayerVersionByArn: 'GetLayerVersion',
}

export function lambdaPermissions({ operation, input, caller }: GuardedCall): Permission[] {
  const action = `lambda:${actions[operation] ?? operation}`
  return [
    { action, resource: resourceOf(input, caller), values: tagValues(input['Tags']) },
    ...passRole(textAt(input, 'Role'), 'lambda.amazonaws.com'),
  ]
}

function resourceOf(input: GuardedCall['input'], caller: Caller): string {
  const functionName = textAt(input, 'FunctionName')
  if (functionName !== undefined) {
    const { name, qualifier } = readFunctionName(functionName, textAt(input, 'Qualifier'), caller)
    return functionArn(caller, name, textAt(input, 'Name') ?? qualifier)
  }
  const layer = textAt(input, 'LayerName')
  if (layer !== undefined) return layerArn(layer, input['VersionNumber'], caller)
  return textAt(input, 'Arn') ?? textAt(input, 'Resource') ?? '*'
}

function layerArn(layer: string, version: unknown, { region, account }: Caller): string {
  const arn = layer.startsWith('arn:')
    ? layer
    : formatArn({ service: 'lambda', region, account, resource: `layer:${layer}` })
  return version === undefined ? arn : `${arn}:${String(version)}`
}
