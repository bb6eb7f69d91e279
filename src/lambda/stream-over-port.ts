import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { FunctionStream } from './function-stream.ts'

/** Bytes that may be on their way between two threads before the reader has taken any. */
const windowBytes = 262_144

/** What the thread of the function says. */
type Said =
  | { readonly kind: 'begin' }
  | { readonly kind: 'chunk'; readonly chunk: Uint8Array }
  | { readonly kind: 'end' }

/**
 * The near end, in the thread of the caller.
 *
 * @param call Makes the invocation in the other thread, which gets the far end's port.
 */
export async function streamFromPort<Result>(
  stream: FunctionStream,
  call: (port: MessagePort) => Promise<Result>,
): Promise<Result> {
  const { port1: near, port2: far } = new MessageChannel()
  const ended = Promise.withResolvers<void>()
  let untaken = 0
  const take = () => {
    if (untaken > 0) near.postMessage(untaken)
    untaken = 0
  }
  near.on('message', (said: Said) => {
    if (said.kind === 'begin') stream.begin(take)
    else if (said.kind === 'end') ended.resolve()
    else {
      const { buffer, byteOffset, byteLength } = said.chunk
      untaken += byteLength
      if (stream.write(Buffer.from(buffer, byteOffset, byteLength))) take()
    }
  })
  try {
    const result = await call(far)
    // The last pieces and the result come over different ports.
    await ended.promise
    return result
  } finally {
    near.close()
  }
}

/**
 * The far end, in the thread of the function.
 *
 * @param invoke Runs the function.
 */
export async function streamToPort<Result>(
  port: MessagePort,
  invoke: (stream: FunctionStream) => Promise<Result>,
): Promise<Result> {
  let sent = 0
  let resume = () => {}
  const say = (said: Said, transfer: readonly ArrayBuffer[] = []) => port.postMessage(said, [...transfer])
  port.on('message', (taken: number) => {
    const wasFull = sent >= windowBytes
    sent -= taken
    if (wasFull && sent < windowBytes) resume()
  })
  try {
    return await invoke({
      begin(goOn) {
        resume = goOn
        say({ kind: 'begin' })
      },
      write(bytes) {
        sent += bytes.length
        // A copy of its own can move to the other thread.
        const chunk = new Uint8Array(bytes)
        say({ kind: 'chunk', chunk }, [chunk.buffer])
        return sent < windowBytes
      },
    })
  } finally {
    say({ kind: 'end' })
  }
}
