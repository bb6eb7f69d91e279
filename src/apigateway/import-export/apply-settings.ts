import type { ApiSettings } from '../../openapi/rest/definition.ts'
import { newEndpoint } from '../rest-api/endpoint-configuration.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'

/**
 * Gives an API the settings of a definition. Documented: an overwrite takes back to their defaults those that the definition
 * does not have, but for the endpoint; tags are added.
 */
export function withSettings(api: RestApiRecord, settings: ApiSettings, overwrite: boolean): RestApiRecord {
  const { endpointType, ipAddressType, vpcEndpointIds, tags, binaryMediaTypes, ...own } = settings
  const base = overwrite ? bare(api) : api
  const mediaTypes = [...(base.binaryMediaTypes ?? []), ...(binaryMediaTypes ?? [])]
  return {
    ...base,
    ...own,
    ...(mediaTypes.length > 0 && { binaryMediaTypes: [...new Set(mediaTypes)] }),
    endpointConfiguration: endpointOf(api, settings),
    tags: { ...api.tags, ...tags },
  }
}

function bare({ id, name, createdDate, rootResourceId, endpointConfiguration, tags }: RestApiRecord): RestApiRecord {
  return {
    id,
    name,
    createdDate,
    rootResourceId,
    endpointConfiguration,
    tags,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
  }
}

/** A type of another kind brings its own defaults. */
function endpointOf({ endpointConfiguration: stored }: RestApiRecord, settings: ApiSettings) {
  const { endpointType, ipAddressType, vpcEndpointIds } = settings
  const isOther = endpointType !== undefined && !stored.types.includes(endpointType)
  return newEndpoint({
    ...(!isOther && stored),
    ...(endpointType !== undefined && { types: [endpointType] }),
    ...(ipAddressType !== undefined && { ipAddressType }),
    ...(vpcEndpointIds && { vpcEndpointIds }),
  })
}
