/** One line without its newline. A short one (some 200 bytes) may be made later, when it is kept and no call waits. */
export type LogLine = string | (() => string)

/** Never blocks and never fails: lines that come faster than they can be kept are dropped, and the log says how many. */
export type LogWriter = (line: LogLine) => void

/** Where the log lines of functions go. */
export interface LogSink {
  /**
   * @param functionArn Unqualified.
   * @param stream The environment's log stream: `{yyyy/MM/dd}/[{version}]{32 hex}`.
   */
  open(functionArn: string, stream: string): LogWriter
  /** Resolves when everything written so far is kept. */
  flush(): Promise<void>
}
