import type { Architecture, Runtime } from '@aws-sdk/client-lambda'
import { collection } from '../../storage/store.ts'
import type { CodePackage } from '../code/package.ts'

/** What holds for a function as a whole, under every qualifier. */
export interface FunctionRecord {
  readonly functionName: string
  /** Number of the newest version that was ever published: numbers are never used again. */
  readonly lastVersion: number
  readonly tags: Readonly<Record<string, string>>
  /** Most invocations at once; 0 refuses all; absent: unreserved. */
  readonly reservedConcurrency?: number
}

/** Everything that publishing a version freezes beside the code. */
export interface FunctionSettings {
  readonly description: string
  readonly runtime: Runtime
  readonly handler: string
  readonly role: string
  readonly architecture: Architecture
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  /** Absent when never set: Lambda then answers no `Environment`. */
  readonly environment?: Readonly<Record<string, string>>
  /** In merge order. */
  readonly layers: readonly FunctionLayer[]
}

/** A layer version as a function uses it: it goes on working after the layer version is deleted. */
export interface FunctionLayer {
  readonly arn: string
  readonly code: CodePackage
}

/** `$LATEST`, or a published version: of the latter only the revision id ever changes. */
export interface VersionRecord {
  readonly functionName: string
  /** `$LATEST` or a number. */
  readonly version: string
  readonly settings: FunctionSettings
  readonly code: CodePackage
  /** Epoch milliseconds. */
  readonly lastModified: number
  /** Changes with every change that Lambda counts, permissions and tags included. */
  readonly revisionId: string
  /** Changes with code and settings only: environments of an older one end. No two versions share one. */
  readonly contentId: string
  /** Of a published version: the content id that `$LATEST` had. */
  readonly publishedFrom?: string
}

/** Keyed by function name. */
export const functions = collection<FunctionRecord>('lambda.function')

/** Keyed by `{functionName}/{version}`. */
export const versions = collection<VersionRecord>('lambda.version')
