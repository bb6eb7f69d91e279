import type { Log } from '../../log.ts'
import { type ApiType, firstSegment, type ReceivedHead } from '../api-type.ts'
import { GatewayError } from '../error.ts'
import { isUuid } from '../ids.ts'
import { build } from '../pipeline.ts'
import { frontSteps } from './rest-steps.ts'

/** REST APIs: the first segment of the path is always the stage. */
export function restApis(log: Log): ApiType {
  return {
    locate: firstSegment,
    methodOf,
    idsOf(request, ids) {
      // A client may name its call itself (documented).
      const own = request.headers.get('x-amzn-requestid')
      return {
        requestId: own !== undefined && isUuid(own) ? own : ids.request(),
        extendedRequestId: ids.extendedRequest(),
      }
    },
    nowhere: build(frontSteps(log), undefined, forbid),
  }
}

/** Documented: `X-HTTP-Method-Override` replaces the verb. */
function methodOf({ method, headers }: ReceivedHead): string {
  return headers.get('x-http-method-override')?.toUpperCase() || method
}

function forbid(): never {
  throw new GatewayError('DEFAULT_4XX', 'Forbidden', { status: 403, errorType: 'ForbiddenException' })
}
