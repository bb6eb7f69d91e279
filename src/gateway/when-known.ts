/** Goes on with a value: at once where nothing has to be waited for, for a promise costs about a microsecond. */
export function whenKnown<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
