/** @throws after `ms`. An answer that has come by then, while this thread was held up, is taken. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  work.catch(() => {})
  const timer = setTimeout(() => {
    setImmediate(() => late.reject(new Error(`No answer within ${ms} ms`)))
  }, ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
