import type { Contract } from './contract.ts'
import type { WireRequest } from './message.ts'
import type { Caller } from './operation.ts'

/** Who signed a request, as far as the wire layer must know it. */
export interface Signer {
  readonly accessKeyId: string
  /** Twelve digits. */
  readonly account: string
  readonly arn: string
  readonly verifiedAs: 'root' | 'principal'
}

/** A call of an operation whose caller is known. */
export interface GuardedCall {
  readonly contract: Contract
  readonly operation: string
  readonly request: Pick<WireRequest, 'method' | 'target'>
  /** Decoded, but not checked yet. */
  readonly input: Readonly<Record<string, unknown>>
  readonly caller: Caller
}

/** Decides who may call which operation. */
export interface Guard<S extends Signer = Signer> {
  /**
   * Finds out who signed a request.
   * @param operation Absent: the request names none.
   * @returns Undefined for an operation that needs no signature.
   * @throws {ServiceError} in the words and codes of the service.
   */
  identify(request: WireRequest, contract: Contract, operation: string | undefined): S | undefined
  /** @throws {ServiceError} `AccessDeniedException`, or as the service calls it. */
  authorize(signer: S, call: GuardedCall): Promise<void>
}
