/** Where the log lines of functions go. */
export interface LogSink {
  /**
   * Takes one line without its newline. Never blocks and never fails: lines that come faster than they can be kept are
   * dropped, and the log says how many.
   *
   * @param functionArn Unqualified.
   * @param stream The environment's log stream: `{yyyy/MM/dd}/[{version}]{32 hex}`.
   */
  write(functionArn: string, stream: string, line: string): void
  /** Resolves when everything written so far is kept. */
  flush(): Promise<void>
}
