import { APIGateway, type PatchOperation } from '@aws-sdk/client-api-gateway'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'

/** The SDK's client of a gateway: every call is one request, so that refusals are seen at once. */
export function connect(url: string, region = 'us-east-1'): APIGateway {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new APIGateway({ endpoint: url, region, credentials, maxAttempts: 1 })
}

/** @returns the names of the operations that the gateway has answered so far without an error. */
export function recordAnswers(client: APIGateway | ApiGatewayV2): ReadonlySet<string> {
  const answered = new Set<string>()
  const record =
    <A, O>(next: (args: A) => Promise<O>, { commandName = '' }: { commandName?: string }) =>
    async (args: A) => {
      const output = await next(args)
      answered.add(commandName.replace(/Command$/, ''))
      return output
    }
  if (client instanceof APIGateway) client.middlewareStack.add(record, { step: 'initialize' })
  else client.middlewareStack.add(record, { step: 'initialize' })
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
