import type { HttpCors } from '../../../snapshot/http-api.ts'

/**
 * Tells whether web pages of an origin may call, and what `Access-Control-Allow-Origin` then says.
 * @returns Undefined for an origin that is not allowed.
 */
export type AllowedOrigin = (origin: string) => string | undefined

/** Documented: whole origins, `*`, and `https://*` or `http://*`. */
export function allowedOrigins({ allowOrigins = [], allowCredentials }: HttpCors): AllowedOrigin {
  const exact = new Set(allowOrigins)
  const schemes = ['https://', 'http://'].filter((scheme) => exact.has(`${scheme}*`))
  // Documented: the control plane refuses `*` with credentials, which no browser takes.
  const any = exact.has('*')
  return (origin) => {
    if (any) return allowCredentials ? undefined : '*'
    return exact.has(origin) || schemes.some((scheme) => origin.startsWith(scheme)) ? origin : undefined
  }
}
