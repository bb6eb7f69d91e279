import type { Architecture, Runtime } from '@aws-sdk/client-lambda'
import { collection } from '../../storage/store.ts'
import type { CodePackage } from '../code/package.ts'

/** Outlives its versions, so that no number is used twice. */
export interface LayerRecord {
  readonly lastVersion: number
}

/** Never changes. */
export interface LayerVersionRecord {
  readonly layerName: string
  readonly version: number
  readonly description: string
  readonly code: CodePackage
  readonly compatibleRuntimes?: readonly Runtime[]
  readonly compatibleArchitectures?: readonly Architecture[]
  readonly licenseInfo?: string
  /** Epoch milliseconds. */
  readonly createdDate: number
}

/** Keyed by layer name. */
export const layers = collection<LayerRecord>('lambda.layer')

/** Keyed by `{layerName}/{version}`. */
export const layerVersions = collection<LayerVersionRecord>('lambda.layer-version')
