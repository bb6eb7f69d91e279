import type { MessagePort } from 'node:worker_threads'
import type { Peer } from '../../../threads/port.ts'
import type { FunctionStream } from '../../function-stream.ts'
import { streamFromPort, streamToPort } from '../../stream-over-port.ts'
import type { PoolInvocation, PoolOutcome } from '../invocation.ts'

/** An invocation that another thread is asked to run. */
export interface Loan {
  /** Of the revision of the function version. */
  readonly key: string
  readonly invocation: Omit<PoolInvocation, 'stream'>
  /** It may wait for an environment; else it takes an idle one or comes back. */
  readonly mayWait: boolean
}

/** What one thread does for the pools of the others. */
export interface Lender {
  /** @returns Undefined: it was not run here. */
  runLent(loan: Loan, stream?: FunctionStream): Promise<PoolOutcome | undefined>
  /** Ends the environment that has been idle for longest. @returns Whether there was one. */
  makeRoom(): boolean
}

/** The same, over a port. */
export type NeighbourHandlers = {
  lend(loan: Loan): Promise<PoolOutcome | undefined>
  /** For a response that may be streamed: over the port, as `streamFromPort` reads it. */
  lendStreaming(loan: Loan & { readonly port: MessagePort }): Promise<PoolOutcome | undefined>
  makeRoom(): Promise<boolean>
}

export function neighbourHandlers(lender: Lender): NeighbourHandlers {
  return {
    lend: (loan) => lender.runLent(loan),
    lendStreaming: ({ port, ...loan }) => streamToPort(port, (stream) => lender.runLent(loan, stream)),
    makeRoom: async () => lender.makeRoom(),
  }
}

/** The pools of the other data threads. */
export class Neighbours {
  readonly #peers = new Map<number, Peer<NeighbourHandlers>>()

  /** @param thread The number of a data thread, or of one that has taken another's place. */
  meet(thread: number, peer: Peer<NeighbourHandlers>): void {
    this.#peers.set(thread, peer)
  }

  /** @returns Undefined: it was not run there. */
  async run(thread: number, key: string, { stream, ...invocation }: PoolInvocation, mayWait: boolean) {
    const peer = this.#peers.get(thread)
    const loan: Loan = { key, invocation, mayWait }
    if (!stream) return peer?.call('lend', loan)
    return peer && streamFromPort(stream, (port) => peer.call('lendStreaming', { ...loan, port }, { transfer: [port] }))
  }

  async makeRoom(thread: number): Promise<boolean> {
    return (await this.#peers.get(thread)?.call('makeRoom', undefined)) === true
  }
}
