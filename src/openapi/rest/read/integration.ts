import type { ContentHandlingStrategy, IntegrationType } from '@aws-sdk/client-api-gateway'
import { flagAt, isObject, type JsonObject, objectAt, textAt, textsAt } from '../../json.ts'
import type { IntegrationDefinition, MethodDefinition } from '../definition.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'
import { readNumber } from './number.ts'

type IntegrationResponses = NonNullable<IntegrationDefinition['integrationResponses']>
type IntegrationResponse = IntegrationResponses[string]

const extension = 'x-amazon-apigateway-integration'
const integrationTypes: Readonly<Record<string, IntegrationType>> = {
  aws: 'AWS',
  aws_proxy: 'AWS_PROXY',
  http: 'HTTP',
  http_proxy: 'HTTP_PROXY',
  mock: 'MOCK',
}
const contentHandlings: Readonly<Record<string, ContentHandlingStrategy>> = {
  CONVERT_TO_BINARY: 'CONVERT_TO_BINARY',
  CONVERT_TO_TEXT: 'CONVERT_TO_TEXT',
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
const responseMembers = new Set(['statusCode', 'responseParameters', 'responseTemplates', 'contentHandling'])

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
    responseTransferMode: upperAt(source, 'responseTransferMode') === 'STREAM' ? 'STREAM' : 'BUFFERED',
    ...texts(source, { integrationTarget: 'integrationTarget' }),
  }
}

/** The keys are selection patterns; `default` is the response without one. */
function readIntegrationResponses(source: JsonObject, place: OperationPlace, context: ReadContext) {
  const byStatus = new Map<string, IntegrationResponse>()
  for (const [pattern, value] of Object.entries(objectAt(source, 'responses'))) {
    const response = context.resolve(value, attribute(place, `${extension}.responses.'${pattern}'`))
    if (!response) continue
    const statusCode = textAt(response, 'statusCode')
    if (statusCode === undefined || !/^[1-5]\d\d$/.test(statusCode)) {
      context.findings.errors.push(
        `Unable to put integration response on '${place.verb}' for resource at path '${place.path}': Invalid status code specified for '${pattern}': ${statusCode ?? 'null'}`,
      )
      continue
    }
    if (byStatus.has(statusCode)) {
      warn(
        context,
        place,
        `more than one integration response for status code ${statusCode}: '${pattern}' is the one used`,
      )
    }
    for (const member of Object.keys(response)) {
      if (!responseMembers.has(member)) warn(context, place, `unsupported member '${member}' of response '${pattern}'`)
    }
    byStatus.set(statusCode, {
      statusCode,
      ...(pattern !== 'default' && { selectionPattern: pattern }),
      ...textMap(response, 'responseParameters', place, context),
      ...textMap(response, 'responseTemplates', place, context),
      ...readContentHandling(response, place, context),
    })
  }
  return Object.fromEntries(byStatus)
}

function readContentHandling(source: JsonObject, place: OperationPlace, context: ReadContext) {
  const word = upperAt(source, 'contentHandling')
  if (word === undefined) return {}
  const contentHandling = contentHandlings[word]
  if (!contentHandling) refuse(context, place, `Invalid ContentHandling specified: ${word}`)
  return { ...(contentHandling && { contentHandling }) }
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

/** A map of texts; observed: other values are left out, with these words. */
function textMap<M extends string>(
  source: JsonObject,
  member: M,
  { verb, path }: OperationPlace,
  { findings }: ReadContext,
): { [K in M]?: Record<string, string> } {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(objectAt(source, member))) {
    if (typeof value === 'string') entries.push([name, value])
    else {
      const got = typeof value === 'object' ? JSON.stringify(value) : String(value)
      findings.warnings.push(
        `Invalid format for '${member}'. Expected type string for property '${name}' of resource '${path}' and method '${verb}' but got '${got}'`,
      )
    }
  }
  const map: { [K in M]?: Record<string, string> } = {}
  return entries.length === 0 ? map : { ...map, [member]: Object.fromEntries(entries) }
}

function texts<M extends string>(source: JsonObject, names: { readonly [K in M]: K }): { [K in M]?: string } {
  const found: { [K in M]?: string } = {}
  for (const name of Object.values<M>(names)) {
    const text = textAt(source, name)
    if (text !== undefined) found[name] = text
  }
  return found
}

function upperAt(source: JsonObject, member: string): string | undefined {
  return textAt(source, member)?.toUpperCase()
}

/** `payloadFormatVersion` 1.0 is what a REST API does anyway; observed: it passes without a warning. */
function reportUnknown(source: JsonObject, place: OperationPlace, context: ReadContext): void {
  for (const [member, value] of Object.entries(source)) {
    const isRestFormat = member === 'payloadFormatVersion' && Number(value) === 1
    if (!members.has(member) && !isRestFormat) warn(context, place, `unsupported member '${member}'`)
  }
}

function warn({ findings }: ReadContext, { verb, path }: OperationPlace, what: string): void {
  findings.warnings.push(`Integration on '${verb}' for resource at path '${path}': ${what}. Ignoring.`)
}

function refuse({ findings }: ReadContext, { verb, path }: OperationPlace, reason: string): void {
  findings.errors.push(`Unable to put integration on '${verb}' for resource at path '${path}': ${reason}`)
}
