import { createContext } from './context.mjs'
import { describe, RuntimeError } from './errors.mjs'
import { header } from './invocation-parser.mjs'
import { isStreaming, ResponseStream } from './response-stream.mjs'

/** Runs invocations one after another: async, callback and streaming handlers. */
export class HandlerRunner {
  #client
  #logger
  #handler
  /** Of the invocation that runs. */
  #requestId
  /** What to do when the event loop has nothing left while an invocation runs. */
  #whenLoopIsEmpty

  constructor(client, logger) {
    this.#client = client
    this.#logger = logger
  }

  async run(handler) {
    this.#handler = handler
    const streams = isStreaming(handler)
    if (streams) {
      const { StreamingClient } = await import('./streaming-client.mjs')
      this.#client = new StreamingClient(this.#client.descriptors)
    }
    process.on('beforeExit', () => this.#whenLoopIsEmpty?.())
    this.#client.start((head, json) => {
      const requestId = header(head, 'Lambda-Runtime-Aws-Request-Id')
      this.#requestId = requestId
      this.#logger.begin(requestId)
      setTraceId(header(head, 'Lambda-Runtime-Trace-Id'))
      if (streams) this.#invokeStreaming(requestId, head, json)
      else this.#invoke(requestId, head, json)
    })
  }

  /** An error that nobody caught: fails the invocation, or the initialisation, and ends the process. */
  crash(what, error, exitCode) {
    this.#logger.error(what, error)
    const leave = () => process.exit(exitCode)
    const requestId = this.#requestId
    this.#requestId = undefined
    if (requestId !== undefined) this.#client.failAndLeave(requestId, describe(error), leave)
    else if (this.#handler === undefined) this.#client.failInit(describe(error), leave)
    else leave()
  }

  #invoke(requestId, head, json) {
    const succeed = (value) => this.#succeed(requestId, value)
    const fail = (error) => this.#fail(requestId, error)
    const context = createContext(requestId, head, {
      succeed,
      fail,
      done: (error, value) => (error ? fail(error) : succeed(value)),
    })
    const callback = (error, value) => {
      if (error !== undefined && error !== null) fail(error)
      else if (!context.callbackWaitsForEmptyEventLoop) succeed(value)
      else if (this.#requestId === requestId) this.#whenLoopIsEmpty = () => succeed(value)
    }
    try {
      const result = this.#handler(JSON.parse(json), context, callback)
      if (isThenable(result)) result.then(succeed, fail)
      this.#wait(requestId, () => succeed(null))
    } catch (error) {
      fail(error)
    }
  }

  #invokeStreaming(requestId, head, json) {
    const stream = new ResponseStream((contentType) => this.#client.stream(requestId, contentType))
    stream.on('finish', () => this.#end(requestId))
    const fail = (error) => {
      if (this.#requestId !== requestId) return
      if (!stream.hasBegun) return this.#fail(requestId, error)
      this.#end(requestId)
      this.#logger.error('Invoke Error', error)
      stream.failLate(describe(error))
    }
    stream.on('error', fail)
    const context = createContext(requestId, head, {})
    try {
      const result = this.#handler(JSON.parse(json), stream, context)
      if (isThenable(result)) result.then(undefined, fail)
      else fail(new RuntimeError('Runtime.MalformedStreamingHandler', 'Streaming does not support non-async handlers.'))
      this.#wait(requestId, () => stream.end())
    } catch (error) {
      fail(error)
    }
  }

  /** Lets the event loop run empty while the handler is busy: that ends an invocation too, as on Lambda. */
  #wait(requestId, whenLoopIsEmpty) {
    if (this.#requestId !== requestId) return
    this.#whenLoopIsEmpty ??= whenLoopIsEmpty
    this.#client.keepAlive(false)
  }

  /** @returns Whether the invocation was still running: whatever ends it first counts. */
  #end(requestId) {
    if (this.#requestId !== requestId) return false
    this.#requestId = undefined
    this.#whenLoopIsEmpty = undefined
    this.#client.keepAlive(true)
    return true
  }

  #succeed(requestId, value) {
    if (!this.#end(requestId)) return
    const json = stringify(value)
    if (json !== undefined) return this.#client.respond(requestId, json)
    this.#reject(requestId, new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body'))
  }

  #fail(requestId, error) {
    if (this.#end(requestId)) this.#reject(requestId, error)
  }

  #reject(requestId, error) {
    this.#logger.error('Invoke Error', error)
    this.#client.fail(requestId, describe(error))
  }
}

let isTraceNamed = false

/**
 * Names the trace in the environment, as X-Ray's SDK expects it. Only the first one and those that are sampled: the C
 * library never frees a variable's old values, so that setting one in every invocation would fill the memory.
 */
function setTraceId(traceId) {
  if (isTraceNamed && !traceId.includes('Sampled=1')) return
  isTraceNamed = true
  process.env._X_AMZN_TRACE_ID = traceId
}

/** @returns `undefined` for what JSON cannot hold. */
function stringify(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null'
  } catch {
    return undefined
  }
}

function isThenable(value) {
  return typeof value?.then === 'function'
}
