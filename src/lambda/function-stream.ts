/** Takes the response of a function that streams it, as the function writes. */
export interface FunctionStream {
  /**
   * The function begins to answer in a stream.
   * @param resume To be called to go on, after `write` has returned false.
   */
  begin(resume: () => void): void
  /** @param chunk Its bytes stay as they are. @returns False: hold back until `resume` is called. */
  write(chunk: Buffer): boolean
}
