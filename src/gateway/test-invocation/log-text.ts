import type { ExecutionLog } from './execution-log.ts'

/** Longest line before it is cut, in characters (observed: about 1,000). */
const maxCharacters = 1_000

/** An execution log that is kept as text. */
export interface LogText extends ExecutionLog {
  readonly text: string
}

/** @param now Epoch milliseconds. */
export function logText(requestId: string, now: () => number): LogText {
  let text = `Execution log for request ${requestId}\n`
  return {
    write(line) {
      const cut = line.length > maxCharacters ? `${line.slice(0, maxCharacters)} [TRUNCATED]` : line
      text += `${logTime(now())} : ${cut}\n`
    },
    get text() {
      return text
    },
  }
}

/** `Sat Nov 21 09:05:00 UTC 2026`, as Java prints a date. */
function logTime(nowMs: number): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(nowMs).toUTCString().split(' ')
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`
}
