declare module 'aws4' {
  interface Request {
    readonly method?: string
    readonly host: string
    readonly path: string
    readonly service: string
    readonly region: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    /** Sign in the query instead of the headers. */
    readonly signQuery?: boolean
  }

  interface Credentials {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }

  interface Signed {
    readonly method?: string
    readonly path: string
    readonly headers: Readonly<Record<string, string | number>>
  }

  const aws4: { sign(request: Request, credentials: Credentials): Signed }
  export default aws4
}
