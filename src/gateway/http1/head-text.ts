/** What ends a head: the end of its last line, and the empty line. */
export const headEnd = '\r\n\r\n'

/** Most heads are no longer than this, in bytes. */
const usualBytes = 2_048

/**
 * What has come as text, each byte a character: from `from` to beyond the end of a head, if that has come. To look for the end
 * in the text, which is needed anyway, costs less than to look for it in the buffer.
 */
export function headText(buffer: Buffer, from = 0, end = buffer.length): string {
  const text = buffer.toString('latin1', from, Math.min(end, from + usualBytes))
  if (end - from <= usualBytes || text.includes(headEnd)) return text
  const at = buffer.indexOf(headEnd, from)
  return buffer.toString('latin1', from, at < 0 ? end : Math.min(end, at + headEnd.length))
}
