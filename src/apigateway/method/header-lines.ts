/** The headers of a test. */
interface TestHeaders {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | undefined
}

/** Flat names and values; a name in both maps has the values of `multiValueHeaders`. */
export function headerLines({ headers = {}, multiValueHeaders = {} }: TestHeaders): string[] {
  const single = Object.entries(headers).filter(([name]) => !Object.hasOwn(multiValueHeaders, name))
  const several = Object.entries(multiValueHeaders).flatMap(([name, values]) => values.map((value) => [name, value]))
  return [...single, ...several].flat()
}
