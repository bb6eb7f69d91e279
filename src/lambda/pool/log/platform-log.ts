import type { FunctionVersion } from '../../../snapshot/function.ts'
import type { EnvironmentLog } from './environment-log.ts'
import { endLine, initReportLine, initStartLine, reportLine, startLine, timeoutLine } from './platform-lines.ts'

/** Why an invocation failed, as its REPORT line says it. */
export interface Failure {
  readonly status: 'timeout' | 'error'
  readonly errorType?: string
}

/** Writes what Lambda itself says about an environment and its invocations, among the process's own output. */
export class PlatformLog {
  readonly #log: EnvironmentLog
  readonly #version: FunctionVersion
  /** Of a cold start, until it has been reported. */
  #initMs: number | undefined

  constructor(log: EnvironmentLog, version: FunctionVersion) {
    this.#log = log
    this.#version = version
  }

  /** Initialisation is done and not reported yet: the present invocation is a cold start. */
  get isColdStart(): boolean {
    return this.#initMs !== undefined
  }

  initBegan(): void {
    this.#log.write(initStartLine(this.#version.runtime))
  }

  initEnded(durationMs: number): void {
    this.#initMs = durationMs
  }

  initFailed(durationMs: number, status: Failure['status'], errorType?: string): void {
    this.#log.write(initReportLine(durationMs, status, errorType))
  }

  began(requestId: string): void {
    this.#log.write(() => startLine(requestId, this.#version.version))
  }

  timedOut(requestId: string): void {
    this.#log.write(timeoutLine(new Date().toISOString(), requestId, this.#version.timeoutSeconds))
  }

  /** @param reason As `exitReason` words it. */
  exited(requestId: string, reason: string): void {
    this.#log.write(`RequestId: ${requestId} Error: ${reason}`)
    this.#log.write('Runtime.ExitError')
  }

  ended(requestId: string, durationMs: number, maxMemoryKilobytes: number, failure: Failure | undefined): void {
    const { memoryMegabytes } = this.#version
    const maxMemoryUsedMegabytes = Math.min(memoryMegabytes, Math.ceil(maxMemoryKilobytes / 1024))
    const initDurationMs = this.#initMs
    this.#initMs = undefined
    this.#log.endLines()
    this.#log.write(() => endLine(requestId))
    const report = { requestId, durationMs, memoryMegabytes, maxMemoryUsedMegabytes, initDurationMs }
    this.#log.write(failure ? reportLine({ ...report, ...failure }) : () => reportLine(report))
  }
}
