/** Smaller pieces are left to the garbage collector. */
const minReleasedBytes = 4_096

/**
 * Frees the memory of a piece that nobody needs any more, such as one that the system has taken. The garbage collector would let
 * some hundred megabytes of pieces pile up behind a fast stream, because each of them is a small object to it.
 */
export function release(bytes: Uint8Array): void {
  const { byteLength } = bytes
  if (byteLength < minReleasedBytes) return
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
