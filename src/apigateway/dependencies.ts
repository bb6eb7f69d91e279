import type { VpcLinkTarget } from '../config/vpc-link-target.ts'
import type { Rate } from '../limiter/token-bucket.ts'
import type { CacheFlush } from '../response-cache/response-cache.ts'
import type { Cipher } from '../secrets/cipher.ts'
import type { AuthorizerTest, AuthorizerTestResult, TestInvocation, TestResult } from '../snapshot/test-invocation.ts'
import type { Store } from '../storage/store.ts'
import type { GeneratedCertificate } from './client-certificate/generate.ts'

/** What the operations need from outside. */
export interface Dependencies {
  readonly store: Store
  readonly now: () => Date
  /** Draws so many characters of `[a-z0-9]`. */
  readonly newId: (length: number) => string
  /** Draws so many characters of `[A-Za-z0-9]`, for secrets. */
  readonly newSecret: (length: number) => string
  /** Keeps secrets unreadable in the store. */
  readonly cipher: Cipher
  /** Issues the certificate of a new client certificate, valid from the given time on. */
  readonly generateCertificate: (createdDate: Date) => Promise<GeneratedCertificate>
  /**
   * Longest timeout of integrations whose responses are buffered, in milliseconds. Below AWS's own limit of 29 seconds it
   * shortens what is configured, and refuses nothing.
   */
  readonly maxIntegrationTimeoutMs: number
  /** The private backends that VPC links can lead to. */
  readonly vpcLinkTargets: readonly Pick<VpcLinkTarget, 'arn'>[]
  /** What each account may call in each region. Absent: as much as the machine gives. */
  readonly accountRate?: Rate | undefined
  /** Stores what API keys have used until now. */
  readonly recordUsage: () => Promise<void>
  /** Forgets the responses that a stage has cached. */
  readonly flushResponses: CacheFlush['flush']
  /** Runs a method on the data plane. */
  readonly testMethod: (test: TestInvocation) => Promise<TestResult>
  /** Runs an authorizer on the data plane. */
  readonly testAuthorizer: (test: AuthorizerTest) => Promise<AuthorizerTestResult>
}
