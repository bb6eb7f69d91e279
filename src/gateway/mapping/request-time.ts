const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `$context.requestTime`: `20/Nov/2026:23:05:09 +0000`. @param receivedAt Epoch milliseconds. */
export function requestTime(receivedAt: number): string {
  const date = new Date(receivedAt)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`
  return `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}

/** Renders each second once. @param wrap What is said of it. */
export function requestTimes(wrap = (time: string) => time): (receivedAt: number) => string {
  let second = Number.NaN
  let text = ''
  return (receivedAt) => {
    const now = Math.floor(receivedAt / 1000)
    if (now !== second) {
      second = now
      text = wrap(requestTime(receivedAt))
    }
    return text
  }
}
