/** What an expression of a value reads. */
export type Source = (typeof sources)[number]

export interface Reference {
  readonly source: Source
  /** Empty for a path or a body as a whole; of a part of a body a JSONPath without `$.`. */
  readonly name: string
}

/** Static text and references, one after the other. */
export type ValuePart = string | Reference

const sources = [
  'request.header',
  'request.querystring',
  'request.path',
  'request.body',
  'response.header',
  'response.body',
  'context',
  'stageVariables',
] as const

/** What can be read without a name, as a whole. */
const wholes: ReadonlySet<Source> = new Set(['request.path', 'request.body', 'response.body'])

const reference = /^\$(?:request|response|context|stageVariables)(?:\.|$)/
const interpolation = /\$\{([^{}]*)\}/

/**
 * Reads the value of a parameter mapping of an HTTP API, of an identity source, or of a service integration's parameter: one
 * reference such as `$request.header.name`, or static text, in which `${request.header.name}` stands for a reference.
 *
 * @returns Undefined when a reference in it is none.
 */
export function parseValue(text: string): readonly ValuePart[] | undefined {
  if (reference.test(text)) {
    const only = parseReference(text.slice(1))
    return only && [only]
  }
  const parts: ValuePart[] = []
  // Odd pieces are what stood in braces.
  for (const [i, piece] of text.split(interpolation).entries()) {
    const part = i % 2 === 0 ? piece : parseReference(piece)
    if (part === undefined) return undefined
    if (part !== '') parts.push(part)
  }
  return parts
}

/** Reads what follows the `$` of a reference, or stands in its braces. */
function parseReference(text: string): Reference | undefined {
  const source = sources.find((each) => text === each || text.startsWith(`${each}.`))
  if (source === undefined) return undefined
  const name = text.slice(source.length + 1)
  if (name === '') return text === source && wholes.has(source) ? { source, name } : undefined
  return source.endsWith('.body') && !isSimplePath(name) ? undefined : { source, name }
}

/** Documented: recursive descent and filter expressions are not supported. */
function isSimplePath(path: string): boolean {
  return !path.startsWith('.') && !path.includes('..') && !path.includes('?')
}
