import { findEndpointConfiguration, readEndpoint } from '../../document/endpoint-configuration.ts'
import { readTags } from '../../document/tags.ts'
import { objectAt, textAt } from '../../json.ts'
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
    ...readEndpointSettings(context),
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  }
}

function readEndpointSettings({
  root,
  findings,
}: ReadContext): Pick<HttpApiSettings, 'DisableExecuteApiEndpoint' | 'IpAddressType'> {
  const source = findEndpointConfiguration(root)
  if (!source) return {}
  const members = ['disableExecuteApiEndpoint', 'ipAddressType']
  const { disableExecuteApiEndpoint, ipAddressType } = readEndpoint(source, members, findings)
  return {
    ...(disableExecuteApiEndpoint !== undefined && { DisableExecuteApiEndpoint: disableExecuteApiEndpoint }),
    ...(ipAddressType && { IpAddressType: ipAddressType }),
  }
}
