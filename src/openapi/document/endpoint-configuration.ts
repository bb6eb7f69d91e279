import { isObject, type JsonObject, listAt } from '../json.ts'

/** What a document says of an API's endpoint. */
export const endpointExtension = 'x-amazon-apigateway-endpoint-configuration'

/** OpenAPI 3 has it at a server, Swagger 2.0 at the root. */
export function findEndpointConfiguration(root: JsonObject): JsonObject | undefined {
  const servers = listAt(root, 'servers').filter(isObject)
  return [root, ...servers].map((holder) => holder[endpointExtension]).find(isObject)
}
