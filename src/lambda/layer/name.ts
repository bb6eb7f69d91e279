import { formatArn, parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { failedConstraint } from '../error.ts'

/** A layer version as an ARN names it. */
export interface LayerVersionReference {
  readonly region: string
  readonly account: string
  readonly layerName: string
  readonly version: number
}

const versionPattern = 'arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+'

export function layerArn({ region, account }: Pick<Caller, 'region' | 'account'>, layerName: string): string {
  return formatArn({ service: 'lambda', region, account, resource: `layer:${layerName}` })
}

export function layerVersionArn(caller: Pick<Caller, 'region' | 'account'>, layerName: string, version: number) {
  return `${layerArn(caller, layerName)}:${version}`
}

/**
 * Reads a layer's name or ARN.
 * @throws {ServiceError} `AccessDeniedException` for a layer of another account or region.
 */
export function readLayerName(layerName: string, caller: Caller): string {
  const arn = parseArn(layerName)
  if (arn === undefined) return layerName
  if (arn.account !== caller.account || arn.region !== caller.region) throw otherOwner(layerName, caller)
  return arn.resource.replace(/^layer:/, '')
}

/**
 * Reads the ARN of a layer version.
 * @param member The request's member that holds it, for the error.
 * @throws {ServiceError} `ValidationException`
 */
export function readLayerVersionArn(text: string, member: string): LayerVersionReference {
  const { region, account, resource } = parseArn(text) ?? {}
  const [, layerName, version] = /^layer:([a-zA-Z0-9-_]+):([0-9]+)$/.exec(resource ?? '') ?? []
  if (region === undefined || account === undefined || layerName === undefined) {
    throw failedConstraint(member, text, `Member must satisfy regular expression pattern: ${versionPattern}`)
  }
  return { region, account, layerName, version: Number(version) }
}

/** Layers are not shared between accounts here: nothing grants access to another one's. */
export function otherOwner(resource: string, { account }: Caller): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: arn:aws:iam::${account}:root is not authorized to perform: lambda:GetLayerVersion on resource: ${resource} ` +
      'because no resource-based policy allows the lambda:GetLayerVersion action',
    { status: 403 },
  )
}
