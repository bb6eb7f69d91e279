import type { Log } from '../../log.ts'
import { type ApiType, firstSegment } from '../api-type.ts'
import { GatewayError } from '../error.ts'
import { build } from '../pipeline.ts'
import { frontSteps } from './http-steps.ts'
import { defaultStage } from './stage-path.ts'

/** HTTP APIs: the first segment of the path is the stage if it is the name of one, else the call is for `$default`. */
export function httpApis(log: Log): ApiType {
  return {
    locate(path, hasStage) {
      const first = firstSegment(path)
      return hasStage(first.stageName) ? first : { stageName: defaultStage, path }
    },
    methodOf: ({ method }) => method,
    idsOf(_request, ids) {
      const id = ids.extendedRequest()
      return { requestId: id, extendedRequestId: id }
    },
    nowhere: build(frontSteps(log), undefined, notFound),
  }
}

/** Answers a call that no route takes. */
export function notFound(): never {
  throw new GatewayError('RESOURCE_NOT_FOUND', 'Not Found')
}
