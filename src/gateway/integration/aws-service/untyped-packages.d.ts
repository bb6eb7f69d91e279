/** What tests use of packages without types: servers that speak AWS services' protocols. */

declare module 'dynalite' {
  import type { Server } from 'node:http'
  /** DynamoDB, in memory. */
  export default function dynalite(options: { readonly createTableMs: number }): Server
}

declare module 'kinesalite' {
  import type { Server } from 'node:http'
  /** Kinesis, in memory. */
  export default function kinesalite(options: { readonly createStreamMs: number }): Server
}

declare module 's3rver' {
  /** S3, in a folder. */
  export default class S3rver {
    constructor(options: {
      readonly address: string
      readonly port: number
      readonly silent: boolean
      readonly directory: string
      readonly configureBuckets: readonly { readonly name: string }[]
    })
    run(): Promise<{ readonly port: number }>
    close(): Promise<void>
  }
}
