import type { HeaderList } from './headers.ts'
import type { Ids } from './ids.ts'
import type { Handler } from './pipeline.ts'

/** What all APIs of one type do with a call of which nothing is known but its address: REST APIs, HTTP APIs. */
export interface ApiType {
  /**
   * Tells which stage a call is for.
   * @param path What follows the host, raw: empty, or begins with `/`.
   * @param hasStage Whether the API has a stage of that name.
   */
  locate(path: string, hasStage: (stageName: string) => boolean): Location
  /** The verb that a call is routed by. */
  methodOf(request: ReceivedHead): string
  idsOf(request: ReceivedHead, ids: Ids): CallIds
  /** Answers what reaches no stage: because there is none of that name, or because the endpoint is disabled. */
  readonly nowhere: Handler
}

export interface Location {
  readonly stageName: string
  /** What follows the stage, raw: empty, or begins with `/`. */
  readonly path: string
}

export interface ReceivedHead {
  /** The verb as sent. */
  readonly method: string
  readonly headers: HeaderList
}

/** The names of a call: `$context.requestId` and `$context.extendedRequestId`. */
export interface CallIds {
  readonly requestId: string
  readonly extendedRequestId: string
}

/** Takes the first segment of a path for the stage. */
export function firstSegment(path: string): Location {
  const slash = path.indexOf('/', 1)
  const end = slash < 0 ? path.length : slash
  return { stageName: path.slice(1, end), path: path.slice(end) }
}
