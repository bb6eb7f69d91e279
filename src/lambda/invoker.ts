import type { OwnVerdict } from '../policy/authorize.ts'
import type { Principal } from '../policy/request.ts'
import type { FunctionStream } from './function-stream.ts'

/** A call of a function, from the Lambda API or from the data plane. */
export interface FunctionInvocation {
  /** Full ARN, with or without a qualifier. */
  readonly functionArn: string
  /** JSON text, at most 6,291,456 bytes of UTF-8 (1,048,576 for `Event`). Delivered unparsed. */
  readonly payload: string
  readonly invocationType: 'RequestResponse' | 'Event' | 'DryRun'
  /** Base64 JSON, at most 3,583 bytes: `context.clientContext` in the function. */
  readonly clientContext?: string
  /** Return the last 4 KB of the invocation's log. Default false. */
  readonly tailLog?: boolean
  /** `X-Amzn-Trace-Id` to hand to the function. */
  readonly traceId?: string
  /** Set when a service calls for itself: the function's resource policy must then allow it. */
  readonly service?: { readonly principal: string; readonly sourceArn: string; readonly sourceAccount: string }
  /** Set when a service calls with the credentials of somebody: their policies and the function's must allow it together. */
  readonly caller?: FunctionCaller
}

/** Who invokes a function. Plain data. */
export interface FunctionCaller {
  readonly principal: Principal
  /** What their own policies say about `lambda:InvokeFunction` of this function. */
  readonly own: OwnVerdict
}

export interface FunctionResult {
  /**
   * JSON text exactly as the function returned it, or Lambda's error object; empty for `Event` and `DryRun`, and for a
   * response that was streamed.
   */
  readonly payload: string
  /** Present when the function failed: the payload is then `{errorMessage, errorType, …}`. */
  readonly functionError?: 'Unhandled'
  /** The version that ran: `$LATEST` or a number. */
  readonly executedVersion: string
  /** Base64 of the log's last 4 KB, when asked for. */
  readonly logResult?: string
  readonly requestId: string
}

export interface FunctionInvoker {
  /**
   * Runs to its end: a function whose caller has gone away runs on to its own timeout, as on Lambda.
   *
   * @param stream Takes the response of a function that streams it; what any other answers is in the result. A stream that
   *   has begun is complete when the result says nothing of an error.
   * @throws {ServiceError} `ResourceNotFoundException` 404, `AccessDeniedException` 403 (the resource policy does not
   *   allow the service), `TooManyRequestsException` 429, `RequestTooLargeException` 413, `ServiceException` 500.
   */
  invoke(invocation: FunctionInvocation, stream?: FunctionStream): Promise<FunctionResult>
}
