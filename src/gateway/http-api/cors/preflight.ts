import type { HttpCors } from '../../../snapshot/http-api.ts'
import type { HeaderList } from '../../headers.ts'
import type { GatewayRequest } from '../../invocation.ts'
import type { Handler } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'

/**
 * Documented: an API with a CORS configuration answers preflights that no route takes. A route that takes them, as those with
 * `ANY` and `$default` do, has them authorized and integrated as any call.
 *
 * @param refuse Answers all else.
 */
export function answerPreflights(cors: HttpCors | undefined, refuse: Handler): Handler {
  if (!cors) return refuse
  return (invocation) => (isPreflight(invocation.request) ? answered : refuse(invocation))
}

const answered: Reply = { status: 204, headers: [], body: '' }

/** Whether a request asks if another may be sent (documented: both headers make it so). */
function isPreflight({ method, headers }: GatewayRequest): boolean {
  return method === 'OPTIONS' && headers.get('origin') !== undefined && asksToCall(headers)
}

/** Whether an `OPTIONS` names the verb of a call to come. */
export function asksToCall(headers: HeaderList): boolean {
  return headers.get('access-control-request-method') !== undefined
}
