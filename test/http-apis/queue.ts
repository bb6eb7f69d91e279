import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

/** A server that speaks as much of SQS as takes messages in: strictly, and signed ones alone. */
export interface Queue extends AsyncDisposable {
  readonly url: string
  /** What `SendMessage` was given. */
  readonly messages: Readonly<Record<string, unknown>>[]
}

export async function startQueue(): Promise<Queue> {
  const messages: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    const { authorization = '', 'content-type': type, 'x-amz-target': target } = request.headers
    const members = await json(request)
    const isSigned = /^AWS4-HMAC-SHA256 Credential=QUEUE\/\d{8}\/us-east-1\/sqs\/aws4_request, /.test(authorization)
    const isCall = request.method === 'POST' && request.url === '/' && target === 'AmazonSQS.SendMessage'
    const isGood = isSigned && isCall && type === 'application/x-amz-json-1.0' && isMessage(members)
    if (isGood) messages.push(members)
    response.writeHead(isGood ? 200 : 400, { 'Content-Type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(isGood ? { MessageId: members['MessageBody'] } : { __type: 'InvalidAction' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The queue has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    messages,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function isMessage(members: unknown): members is Record<string, unknown> {
  return typeof members === 'object' && members !== null && 'QueueUrl' in members && 'MessageBody' in members
}
