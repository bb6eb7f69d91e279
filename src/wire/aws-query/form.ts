import type { ParsedRequest } from '../codec.ts'

/** Longest form that is read, in bytes: several times what IAM's largest documents need. */
export const maxFormBytes = 1_048_576

/** Whether the body is a form by its content type. */
export function hasForm({ method, headers }: Pick<ParsedRequest, 'method' | 'headers'>): boolean {
  return method === 'POST' && (headers['content-type'] ?? '').includes('x-www-form-urlencoded')
}

/** The parameters of a request: those of its form, up to the longest that is read, or else those of its query. */
export function parametersOf(request: Pick<ParsedRequest, 'method' | 'headers' | 'query' | 'body'>): URLSearchParams {
  if (!hasForm(request)) return request.query
  return new URLSearchParams(Buffer.from(request.body).toString('utf8', 0, maxFormBytes))
}
