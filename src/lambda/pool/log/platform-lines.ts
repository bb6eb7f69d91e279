/** The lines that Lambda itself writes into a function's log, without their newline (documented, observed). */
export interface Report {
  readonly requestId: string
  readonly durationMs: number
  readonly memoryMegabytes: number
  readonly maxMemoryUsedMegabytes: number
  /** Of a cold start. */
  readonly initDurationMs?: number | undefined
  /** Absent: success. */
  readonly status?: 'timeout' | 'error' | undefined
  readonly errorType?: string | undefined
}

export function initStartLine(runtime: string): string {
  return `INIT_START Runtime Version: ${runtime}`
}

export function initReportLine(durationMs: number, status: 'timeout' | 'error', errorType?: string): string {
  const type = errorType === undefined ? '' : `\tError Type: ${errorType}`
  return `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}${type}`
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}`
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`
}

export function reportLine(report: Report): string {
  const { requestId, durationMs, memoryMegabytes, maxMemoryUsedMegabytes, initDurationMs, status, errorType } = report
  const init = initDurationMs === undefined ? '' : `Init Duration: ${initDurationMs.toFixed(2)} ms\t`
  const outcome = status === undefined ? '' : `Status: ${status}\t`
  const type = errorType === undefined ? '' : `Error Type: ${errorType}\t`
  // Since August 2025 a cold start's initialisation is billed (documented).
  const billedMs = Math.ceil(durationMs + (initDurationMs ?? 0))
  return (
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billedMs} ms\t` +
    `Memory Size: ${memoryMegabytes} MB\tMax Memory Used: ${maxMemoryUsedMegabytes} MB\t${init}${outcome}${type}`
  )
}

/** @param time ISO 8601. */
export function timeoutLine(time: string, requestId: string, timeoutSeconds: number): string {
  return `${time} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`
}
