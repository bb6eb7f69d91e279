import { readNumber } from '../../document/read-number.ts'
import { isObject, type JsonObject, objectAt, textAt } from '../../json.ts'
import type { IntegrationDefinition } from '../definition.ts'
import type { HttpFindings } from './context.ts'
import { formatVersion } from './security-schemes.ts'

type Settings = IntegrationDefinition['settings']

const types: Readonly<Record<string, 'AWS_PROXY' | 'HTTP_PROXY'>> = { aws_proxy: 'AWS_PROXY', http_proxy: 'HTTP_PROXY' }
const members = new Set([
  ...['type', 'httpMethod', 'uri', 'connectionType', 'connectionId', 'credentials', 'integrationSubtype', 'tlsConfig'],
  ...['payloadFormatVersion', 'timeoutInMillis', 'requestParameters', 'responseParameters', 'responses'],
])
/** What only REST APIs have; observed: their exports become HTTP APIs. */
const restMembers = new Set([
  ...['passthroughBehavior', 'requestTemplates', 'contentHandling', 'cacheNamespace', 'cacheKeyParameters'],
  ...['responseTransferMode', 'integrationTarget'],
])

/**
 * Reads one integration; its words may be in any case.
 *
 * @param place What findings name it by.
 * @returns `undefined`, with a warning, for a type that HTTP APIs do not have (documented).
 */
export function readIntegration(source: JsonObject, place: string, findings: HttpFindings): Settings | undefined {
  const type = types[textAt(source, 'type')?.toLowerCase() ?? '']
  if (!type) {
    const given = textAt(source, 'type') ?? 'null'
    findings.warnings.push(
      `Unable to create Integration for ${place}: HTTP APIs support the types AWS_PROXY and HTTP_PROXY only, but got ${given}`,
    )
    return undefined
  }
  reportUnknown(source, place, findings)
  const timeoutInMillis = readNumber(source['timeoutInMillis'], `timeoutInMillis of ${place}`, findings)
  const version = textAt(source, 'payloadFormatVersion')
  const requestParameters = textMap(objectAt(source, 'requestParameters'), `requestParameters of ${place}`, findings)
  const responseParameters = readResponseParameters(source, place, findings)
  return {
    IntegrationType: type,
    ...texts(source),
    ...readConnectionType(source, place, findings),
    ...(version !== undefined && { PayloadFormatVersion: formatVersion(version) }),
    ...(timeoutInMillis !== undefined && { TimeoutInMillis: timeoutInMillis }),
    ...(requestParameters && { RequestParameters: requestParameters }),
    ...(responseParameters && { ResponseParameters: responseParameters }),
    ...readTlsConfig(source, place, findings),
  }
}

function texts(source: JsonObject) {
  const subtype = textAt(source, 'integrationSubtype')
  const uri = textAt(source, 'uri')
  const method = textAt(source, 'httpMethod')
  const connectionId = textAt(source, 'connectionId')
  const credentials = textAt(source, 'credentials')
  return {
    ...(subtype !== undefined && { IntegrationSubtype: subtype }),
    ...(uri !== undefined && { IntegrationUri: uri }),
    ...(method !== undefined && { IntegrationMethod: method.toUpperCase() }),
    ...(connectionId !== undefined && { ConnectionId: connectionId }),
    ...(credentials !== undefined && { CredentialsArn: credentials }),
  }
}

function readConnectionType(
  source: JsonObject,
  place: string,
  findings: HttpFindings,
): Pick<Settings, 'ConnectionType'> {
  const word = textAt(source, 'connectionType')?.toUpperCase()
  if (word === undefined) return {}
  if (word === 'INTERNET' || word === 'VPC_LINK') return { ConnectionType: word }
  findings.errors.push(
    `Unable to create Integration for ${place}: Invalid ConnectionType specified. Valid options are INTERNET,VPC_LINK`,
  )
  return {}
}

/** By status: under `responseParameters` (observed), or within `responses`, as REST APIs have them. */
function readResponseParameters(
  source: JsonObject,
  place: string,
  findings: HttpFindings,
): Record<string, Record<string, string>> | undefined {
  const responses = Object.entries(objectAt(source, 'responses')).map(([status, response]) => {
    const { responseParameters, ...others } = isObject(response) ? response : {}
    if (Object.keys(others).length > 0)
      findings.info.push(
        `HTTP APIs support responseParameters only of the response '${status}' of ${place}. Ignoring the rest.`,
      )
    return [status, responseParameters] as const
  })
  const read = [...responses, ...Object.entries(objectAt(source, 'responseParameters'))].flatMap(
    ([status, mappings]) => {
      const map = isObject(mappings) && textMap(mappings, `responseParameters of '${status}' of ${place}`, findings)
      return map ? [[status, map] as const] : []
    },
  )
  return read.length > 0 ? Object.fromEntries(read) : undefined
}

/** A map of texts; other values are left out. */
function textMap(source: JsonObject, place: string, findings: HttpFindings): Record<string, string> | undefined {
  const entries = Object.entries(source).flatMap(([name, value]) => {
    if (typeof value === 'string') return [[name, value] as const]
    const got = typeof value === 'object' ? JSON.stringify(value) : String(value)
    findings.warnings.push(`Invalid format for ${place}: expected a text for '${name}' but got '${got}'. Ignoring.`)
    return []
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function readTlsConfig(source: JsonObject, place: string, findings: HttpFindings): Pick<Settings, 'TlsConfig'> {
  const { tlsConfig } = source
  if (!isObject(tlsConfig)) return {}
  for (const member of Object.keys(tlsConfig)) {
    if (member !== 'serverNameToVerify') {
      findings.warnings.push(`Unsupported member '${member}' of the tlsConfig of ${place}. Ignoring.`)
    }
  }
  const name = textAt(tlsConfig, 'serverNameToVerify')
  return { TlsConfig: { ...(name !== undefined && { ServerNameToVerify: name }) } }
}

function reportUnknown(source: JsonObject, place: string, findings: HttpFindings): void {
  for (const member of Object.keys(source)) {
    if (members.has(member)) continue
    const found = `Unsupported member '${member}' of the integration of ${place}. Ignoring.`
    if (restMembers.has(member)) findings.info.push(found)
    else findings.warnings.push(found)
  }
}
