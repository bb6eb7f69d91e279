import type { MappedValues } from '../backend.ts'

/** What the headers of an invocation say. */
export interface InvocationHeaders {
  /** As mapped: any text. */
  readonly type: string
  /** Base64. */
  readonly clientContext?: string
  readonly tailLog: boolean
}

const plain: InvocationHeaders = { type: 'RequestResponse', tailLog: false }

/** Reads the headers that Lambda's `Invoke` knows. */
export function invocationHeaders(headers: MappedValues): InvocationHeaders {
  if (headers.size === 0) return plain
  const clientContext = last(headers, 'x-amz-client-context')
  return {
    type: last(headers, 'x-amz-invocation-type') ?? 'RequestResponse',
    ...(clientContext !== undefined && { clientContext }),
    tailLog: last(headers, 'x-amz-log-type') === 'Tail',
  }
}

function last(headers: MappedValues, lowerName: string): string | undefined {
  for (const [name, values] of headers) if (name.toLowerCase() === lowerName) return values.at(-1)
  return undefined
}
