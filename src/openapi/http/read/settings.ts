import { endpointExtension, findEndpointConfiguration } from '../../document/endpoint-configuration.ts'
import { readTags } from '../../document/tags.ts'
import { flagAt, objectAt, textAt } from '../../json.ts'
import type { HttpApiSettings } from '../definition.ts'
import type { ReadContext } from './context.ts'
import { readCors } from './cors.ts'

/** Reads what a document says about the API as a whole. */
export function readSettings(context: ReadContext): HttpApiSettings {
  const info = objectAt(context.root, 'info')
  const name = textAt(info, 'title')
  const description = textAt(info, 'description')
  const version = textAt(info, 'version')
  const tags = readTags(context.root)
  const cors = readCors(context)
  return {
    ...(name && { Name: name }),
    ...(description && { Description: description }),
    ...(version && { Version: version }),
    ...(cors && { CorsConfiguration: cors }),
    ...readEndpoint(context),
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  }
}

function readEndpoint({
  root,
  findings,
}: ReadContext): Pick<HttpApiSettings, 'DisableExecuteApiEndpoint' | 'IpAddressType'> {
  const source = findEndpointConfiguration(root)
  if (!source) return {}
  const ipAddressType = textAt(source, 'ipAddressType')
  const isKnown = ipAddressType === 'ipv4' || ipAddressType === 'dualstack'
  if (ipAddressType !== undefined && !isKnown) {
    findings.errors.push('Unable to set endpoint configuration: ipAddressType must be either ipv4 or dualstack.')
  }
  for (const member of Object.keys(source)) {
    if (!['disableExecuteApiEndpoint', 'ipAddressType'].includes(member)) {
      findings.warnings.push(`Unsupported member '${member}' of ${endpointExtension}. Ignoring.`)
    }
  }
  return {
    ...('disableExecuteApiEndpoint' in source && {
      DisableExecuteApiEndpoint: flagAt(source, 'disableExecuteApiEndpoint'),
    }),
    ...(isKnown && { IpAddressType: ipAddressType }),
  }
}
