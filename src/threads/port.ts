import { type MessagePort, type Transferable, Worker } from 'node:worker_threads'
import { ServiceError } from '../wire/service-error.ts'

/** The calls that one side of a port answers, by name. */
export type Handlers = { readonly [name: string]: (input: never) => Promise<unknown> }

/** The far side of a port: calls its handlers. */
export interface Peer<H extends Handlers> {
  /**
   * There is no way to cancel: whoever stops waiting leaves the call to its end.
   *
   * @throws what the far side's handler threw: a `ServiceError` as itself, anything else as an `Error` of its message.
   *   After the port closed: an `Error`.
   */
  call<N extends keyof H & string>(
    name: N,
    input: Parameters<H[N]>[0],
    options?: { transfer?: readonly Transferable[] },
  ): ReturnType<H[N]>
}

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }

interface Failure {
  readonly message: string
  readonly service?: Pick<ServiceError, 'code' | 'members' | 'status'>
}

interface Waiting {
  resolve(output: unknown): void
  reject(reason: unknown): void
}

/**
 * Opens a port between two threads (a `Worker` is its parent's port to it): answers calls with `handlers` and returns the far side. Messages of one turn of the
 * event loop travel together, so that a busy port pays one wake-up for many calls.
 */
export function openPort<H extends Handlers>(port: MessagePort | Worker, handlers: Handlers): Peer<H> {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let closed = false
  let fault: Error | undefined
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
    try {
      const handler = handlers[name]
      if (!handler) throw new Error(`No handler named ${name}`)
      post({ kind: 'result', id, output: await handler(input as never) })
    } catch (error) {
      post({ kind: 'failure', id, failure: pack(error) })
    }
  }

  function settle(id: number, finish: (entry: Waiting) => void) {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    finish(entry)
  }

  function receive(messages: readonly Message[]) {
    for (const message of messages) {
      if (message.kind === 'call') void answer(message.id, message.name, message.input)
      else if (message.kind === 'result') settle(message.id, (entry) => entry.resolve(message.output))
      else settle(message.id, (entry) => entry.reject(unpack(message.failure)))
    }
  }

  function close() {
    closed = true
    for (const id of [...waiting.keys()]) settle(id, (entry) => entry.reject(ended(fault)))
  }

  if (port instanceof Worker) {
    port.on('message', receive).on('exit', close)
    port.on('error', (error: Error) => {
      fault = error
    })
  } else port.on('message', receive).on('close', close)

  function call(
    name: string,
    input: unknown,
    { transfer }: { transfer?: readonly Transferable[] } = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(ended(fault))
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      post({ kind: 'call', id, name, input }, transfer)
    })
  }

  return { call } as Peer<H>
}

function ended(fault: Error | undefined): Error {
  return new Error(fault ? `The thread has ended: ${fault.message}` : 'The thread has ended', { cause: fault })
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
