import type { ApiRecord } from '../api/api.ts'
import { merged, mergedMap } from '../merge.ts'
import type { Request } from '../operations.ts'
import type { IntegrationRecord } from './integration.ts'

type Settings = Omit<Request<'CreateIntegration'>, 'ApiId'>

/** Fills in what a request leaves open. */
export function newIntegration(
  IntegrationId: string,
  { ProtocolType }: Pick<ApiRecord, 'ProtocolType'>,
  settings: Settings,
): IntegrationRecord {
  const { IntegrationType } = settings
  const defaults = ProtocolType === 'HTTP' ? httpDefaults(settings) : webSocketDefaults(settings)
  return merged<IntegrationRecord>(
    { IntegrationId, IntegrationType, ConnectionType: 'INTERNET', ...defaults },
    settings,
  )
}

function httpDefaults({ IntegrationType: type, IntegrationSubtype }: Settings) {
  return {
    TimeoutInMillis: 30_000,
    ...(type === 'AWS_PROXY' && IntegrationSubtype === undefined && { IntegrationMethod: 'POST' }),
    ...(type === 'HTTP_PROXY' && { PayloadFormatVersion: '1.0' }),
  }
}

function webSocketDefaults({ IntegrationType: type }: Settings) {
  return {
    TimeoutInMillis: 29_000,
    PassthroughBehavior: 'WHEN_NO_MATCH' as const,
    IntegrationResponseSelectionExpression: type.startsWith('AWS')
      ? '${integration.response.body.errorMessage}'
      : '${integration.response.statuscode}',
  }
}

/**
 * Applies an update. Observed: a request parameter goes with an empty text, all parameters of a response status with an
 * empty map.
 */
export function updatedIntegration(
  stored: IntegrationRecord,
  settings: Omit<Request<'UpdateIntegration'>, 'ApiId' | 'IntegrationId'>,
): IntegrationRecord {
  const { RequestParameters, ResponseParameters, RequestTemplates, ...others } = settings
  const isEmpty = (mappings: Readonly<Record<string, string>>) => Object.keys(mappings).length === 0
  return merged<IntegrationRecord>(stored, {
    ...others,
    ...(RequestParameters && { RequestParameters: mergedMap(stored.RequestParameters, RequestParameters) }),
    ...(ResponseParameters && {
      ResponseParameters: mergedMap(stored.ResponseParameters, ResponseParameters, isEmpty),
    }),
    ...(RequestTemplates && { RequestTemplates: mergedMap(stored.RequestTemplates, RequestTemplates) }),
  })
}
