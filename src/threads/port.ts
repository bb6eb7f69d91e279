import { type MessagePort, type Transferable, Worker } from 'node:worker_threads'
import { ServiceError } from '../wire/service-error.ts'

/** The calls that one side of a port answers, by name. */
export type Handlers = { readonly [name: string]: (input: never, signal: AbortSignal) => Promise<unknown> }

/** The far side of a port: calls its handlers. */
export interface Peer<H extends Handlers> {
  /**
   * @param signal Aborting rejects with its reason, and aborts the far side's handler.
   * @throws what the far side's handler threw: a `ServiceError` as itself, anything else as an `Error` of its message.
   *   After the port closed: an `Error`.
   */
  call<N extends keyof H & string>(
    name: N,
    input: Parameters<H[N]>[0],
    options?: { signal?: AbortSignal | undefined; transfer?: readonly Transferable[] },
  ): ReturnType<H[N]>
}

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }

interface Failure {
  readonly message: string
  readonly service?: Pick<ServiceError, 'code' | 'members' | 'status'>
}

interface Waiting {
  resolve(output: unknown): void
  reject(reason: unknown): void
  release(): void
}

/**
 * Opens a port between two threads (a `Worker` is its parent's port to it): answers calls with `handlers` and returns the far side. Messages of one turn of the
 * event loop travel together, so that a busy port pays one wake-up for many calls.
 */
export function openPort<H extends Handlers>(port: MessagePort | Worker, handlers: Handlers): Peer<H> {
  const waiting = new Map<number, Waiting>()
  const running = new Map<number, AbortController>()
  let lastId = 0
  let closed = false
  let batch: Message[] = []
  let transfers: Transferable[] = []

  function flush() {
    const messages = batch
    const transferred = transfers
    batch = []
    transfers = []
    port.postMessage(messages, transferred)
  }

  function post(message: Message, transfer: readonly Transferable[] = []) {
    if (batch.length === 0) setImmediate(flush)
    batch.push(message)
    transfers.push(...transfer)
  }

  async function answer(id: number, name: string, input: unknown) {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const handler = handlers[name]
      if (!handler) throw new Error(`No handler named ${name}`)
      post({ kind: 'result', id, output: await handler(input as never, controller.signal) })
    } catch (error) {
      post({ kind: 'failure', id, failure: pack(error) })
    } finally {
      running.delete(id)
    }
  }

  function settle(id: number, finish: (entry: Waiting) => void) {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    entry.release()
    finish(entry)
  }

  function receive(messages: readonly Message[]) {
    for (const message of messages) {
      if (message.kind === 'call') void answer(message.id, message.name, message.input)
      else if (message.kind === 'cancel') running.get(message.id)?.abort()
      else if (message.kind === 'result') settle(message.id, (entry) => entry.resolve(message.output))
      else settle(message.id, (entry) => entry.reject(unpack(message.failure)))
    }
  }

  function close() {
    closed = true
    for (const id of [...waiting.keys()]) settle(id, (entry) => entry.reject(new Error('The thread has ended')))
    for (const controller of running.values()) controller.abort()
  }

  if (port instanceof Worker) port.on('message', receive).on('exit', close)
  else port.on('message', receive).on('close', close)

  function call(
    name: string,
    input: unknown,
    { signal, transfer }: { signal?: AbortSignal | undefined; transfer?: readonly Transferable[] } = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The thread has ended'))
      if (signal?.aborted) return reject(signal.reason)
      const id = ++lastId
      const cancel = () => {
        post({ kind: 'cancel', id })
        settle(id, (entry) => entry.reject(signal?.reason))
      }
      signal?.addEventListener('abort', cancel, { once: true })
      waiting.set(id, { resolve, reject, release: () => signal?.removeEventListener('abort', cancel) })
      post({ kind: 'call', id, name, input }, transfer)
    })
  }

  return { call } as Peer<H>
}

function pack(error: unknown): Failure {
  if (error instanceof ServiceError) {
    const { message, code, members, status } = error
    return { message, service: { code, members, status } }
  }
  return { message: error instanceof Error ? error.message : String(error) }
}

function unpack({ message, service }: Failure): Error {
  if (!service) return new Error(message)
  const { code, members, status } = service
  return new ServiceError(code, message, status === undefined ? { members } : { members, status })
}
