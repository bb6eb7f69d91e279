import { APIGateway, type PatchOperation } from '@aws-sdk/client-api-gateway'

/** The SDK's client of a gateway: every call is one request, so that refusals are seen at once. */
export function connect(url: string, region = 'us-east-1'): APIGateway {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new APIGateway({ endpoint: url, region, credentials, maxAttempts: 1 })
}

/** @returns the names of the operations that the gateway has answered so far without an error. */
export function recordAnswers(client: APIGateway): ReadonlySet<string> {
  const answered = new Set<string>()
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const output = await next(args)
        answered.add(commandName.replace(/Command$/, ''))
        return output
      },
    { step: 'initialize' },
  )
  return answered
}

/** A member that every answer of the kind has. */
export function required(value: string | undefined): string {
  if (value === undefined) throw new Error('The gateway left a required member out of its answer')
  return value
}

export function replace(path: string, value?: string): PatchOperation {
  return { op: 'replace', path, ...(value !== undefined && { value }) }
}

export function add(path: string, value?: string): PatchOperation {
  return { op: 'add', path, ...(value !== undefined && { value }) }
}

export function remove(path: string, value?: string): PatchOperation {
  return { op: 'remove', path, ...(value !== undefined && { value }) }
}
