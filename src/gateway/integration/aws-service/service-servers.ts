import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dynalite from 'dynalite'
import kinesalite from 'kinesalite'
import S3rver from 's3rver'

/** A server that speaks an AWS service's protocol, for tests. */
export interface ServiceServer extends AsyncDisposable {
  /** `http://127.0.0.1:{port}`. */
  readonly url: string
}

/** DynamoDB, in memory. */
export function startDynamoDb(): Promise<ServiceServer> {
  return listening(dynalite({ createTableMs: 0 }))
}

/** Kinesis, in memory. */
export function startKinesis(): Promise<ServiceServer> {
  return listening(kinesalite({ createStreamMs: 0 }))
}

/** S3 with one bucket. It knows the access key `S3RVER` alone, whatever is signed with it. */
export async function startS3(bucket: string): Promise<ServiceServer> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(directory, { recursive: true })
    },
  }
}

async function listening(server: Server): Promise<ServiceServer> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
