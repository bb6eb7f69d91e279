import type { IntegrationType } from '@aws-sdk/client-api-gateway'
import { readNumber } from '../../document/read-number.ts'
import { flagAt, isObject, type JsonObject, textAt, textsAt } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'
import { extension, readContentHandling, refuse, textMap, texts, upperAt, warn } from './integration-members.ts'
import { readIntegrationResponses } from './integration-responses.ts'

const integrationTypes: Readonly<Record<string, IntegrationType>> = {
  aws: 'AWS',
  aws_proxy: 'AWS_PROXY',
  http: 'HTTP',
  http_proxy: 'HTTP_PROXY',
  mock: 'MOCK',
}
const members = new Set([
  'type',
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'credentials',
  'requestParameters',
  'requestTemplates',
  'passthroughBehavior',
  'contentHandling',
  'timeoutInMillis',
  'cacheNamespace',
  'cacheKeyParameters',
  'responses',
  'tlsConfig',
  'responseTransferMode',
  'integrationTarget',
])
/** Reads an operation's `x-amazon-apigateway-integration`; its words may be in any case. */
export function readIntegration(
  operation: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): MethodDefinition['methodIntegration'] {
  const source = context.resolve(operation[extension], attribute(place, extension))
  if (!source) return undefined
  const type = integrationTypes[textAt(source, 'type')?.toLowerCase() ?? '']
  if (!type) {
    refuse(context, place, `Enumeration value for IntegrationType is invalid: ${textAt(source, 'type') ?? 'null'}`)
    return undefined
  }
  reportUnknown(source, place, context)
  const isHttp = type === 'HTTP' || type === 'HTTP_PROXY'
  const connectionType = upperAt(source, 'connectionType') ?? 'INTERNET'
  if (connectionType !== 'INTERNET' && connectionType !== 'VPC_LINK') {
    refuse(context, place, `Invalid ConnectionType specified. Valid options are INTERNET,VPC_LINK`)
  }
  const transferMode = upperAt(source, 'responseTransferMode') ?? 'BUFFERED'
  if (transferMode !== 'BUFFERED' && transferMode !== 'STREAM') {
    refuse(context, place, 'Invalid ResponseTransferMode specified. Valid options are BUFFERED,STREAM')
  }
  const responses = readIntegrationResponses(source, place, context)
  return {
    type,
    ...texts(source, { httpMethod: 'httpMethod', uri: 'uri' }),
    ...((isHttp || connectionType !== 'INTERNET') && {
      connectionType: connectionType === 'VPC_LINK' ? 'VPC_LINK' : 'INTERNET',
    }),
    ...texts(source, { connectionId: 'connectionId', credentials: 'credentials' }),
    ...textMap(source, 'requestParameters', place, context),
    ...textMap(source, 'requestTemplates', place, context),
    passthroughBehavior: upperAt(source, 'passthroughBehavior') ?? 'WHEN_NO_MATCH',
    ...readContentHandling(source, place, context),
    timeoutInMillis: readTimeout(source, place, context) ?? 29_000,
    ...texts(source, { cacheNamespace: 'cacheNamespace' }),
    cacheKeyParameters: textsAt(source, 'cacheKeyParameters'),
    ...(Object.keys(responses).length > 0 && { integrationResponses: responses }),
    ...readTlsConfig(source, place, context),
    responseTransferMode: transferMode === 'STREAM' ? 'STREAM' : 'BUFFERED',
    ...texts(source, { integrationTarget: 'integrationTarget' }),
  }
}

function readTimeout(source: JsonObject, place: OperationPlace, { findings }: ReadContext): number | undefined {
  return readNumber(source['timeoutInMillis'], `timeoutInMillis of '${place.verb} ${place.path}'`, findings)
}

function readTlsConfig(source: JsonObject, place: OperationPlace, context: ReadContext) {
  const { tlsConfig } = source
  if (!isObject(tlsConfig)) return {}
  for (const member of Object.keys(tlsConfig)) {
    if (member !== 'insecureSkipVerification') warn(context, place, `unsupported member '${member}' of tlsConfig`)
  }
  return { tlsConfig: { insecureSkipVerification: flagAt(tlsConfig, 'insecureSkipVerification') } }
}

/** `payloadFormatVersion` 1.0 is what a REST API does anyway; observed: it passes without a warning. */
function reportUnknown(source: JsonObject, place: OperationPlace, context: ReadContext): void {
  for (const [member, value] of Object.entries(source)) {
    const isRestFormat = member === 'payloadFormatVersion' && Number(value) === 1
    if (!members.has(member) && !isRestFormat) warn(context, place, `unsupported member '${member}'`)
  }
}
