import type { GatewayResponseDefinition } from '../../openapi/rest/definition.ts'
import { completed, gatewayResponses } from '../gateway-response/gateway-response.ts'
import { checkGatewayResponse } from '../gateway-response/rules.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** Writes the gateway responses. */
export async function applyGatewayResponses(
  definitions: readonly GatewayResponseDefinition[],
  { transaction, scope, restApiId, overwrite, errors }: Application,
): Promise<void> {
  if (overwrite) await transaction.deletePrefix(gatewayResponses, scope, `${restApiId}/`)
  for (const definition of definitions) {
    const response = completed(definition)
    await attempt(errors, `Unable to put gateway response '${response.responseType}'`, async () => {
      checkGatewayResponse(response)
      await transaction.put(gatewayResponses, scope, `${restApiId}/${response.responseType}`, response)
    })
  }
}
