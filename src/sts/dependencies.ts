import type { IamDependencies } from '../iam/dependencies.ts'

/** What the operations need from outside. */
export interface StsDependencies extends IamDependencies {
  /** Reaches identity providers. */
  readonly fetch: typeof globalThis.fetch
}
