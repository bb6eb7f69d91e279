import type { LinkTarget } from '../../config/link-target.ts'

/** Failures in a row that take a target out. */
const maxFailures = 3
/** How long it stays out, in milliseconds, until it is tried again. */
const ejectedMs = 10_000

/** One private backend, and how it has done lately. */
export class Target {
  readonly address: LinkTarget
  /** Calls that it has not answered whole. */
  outstanding = 0
  /** What the last health checks say; true without any. */
  healthy = true
  private failures = 0
  /** Epoch milliseconds. */
  private ejectedUntil = 0

  constructor(address: LinkTarget) {
    this.address = address
  }

  /** @param now Epoch milliseconds. */
  isUsable(now: number): boolean {
    return this.healthy && now >= this.ejectedUntil
  }

  /** It has begun to answer a call. */
  answered(): void {
    this.failures = 0
  }

  /** It could not be reached, or broke off before it answered. @param now Epoch milliseconds. */
  failed(now: number): void {
    this.failures++
    if (this.failures < maxFailures) return
    this.ejectedUntil = now + ejectedMs
    // One more failure after that, and it is out again.
    this.failures = maxFailures - 1
  }
}
