import {
  loosePaths,
  type PatchRefusal,
  type PatchRule,
  type PatchTable,
  replaceOnly,
} from '../../wire/patch-operations.ts'
import { flag, nameInList, optionalText, parseNumber, text, without } from '../../wire/patch-rules.ts'
import { choice } from '../choice.ts'
import { securityPolicies } from '../security-policy.ts'
import { type Endpoint, parseEndpointType, parseIpAddressType } from './endpoint-configuration.ts'
import type { RestApiRecord } from './rest-api.ts'
import { invalidCompressionSize } from './rules.ts'

const addRemoveReplace: PatchRefusal = () => "Invalid patch operation specified. Must be 'add'|'remove'|'replace'"

/** What `UpdateRestApi` accepts. */
export const restApiPatch: PatchTable<RestApiRecord> = {
  refuse: loosePaths,
  rules: [
    { ...text('/name', 'name'), refuse: replaceOnly },
    // Observed: `remove` works here.
    { ...optionalText('/description', 'description'), remove: (api) => without(api, 'description') },
    { ...optionalText('/policy', 'policy'), remove: (api) => without(api, 'policy') },
    { ...flag('/disableExecuteApiEndpoint', 'disableExecuteApiEndpoint'), refuse: replaceOnly },
    nameInList('/binaryMediaTypes/{type}', 'binaryMediaTypes'),
    compressionSize(),
    choice('/apiKeySource', ['HEADER', 'AUTHORIZER'], (api: RestApiRecord, apiKeySource) => ({ ...api, apiKeySource })),
    choice('/securityPolicy', securityPolicies, (api, securityPolicy) => ({ ...api, securityPolicy })),
    choice('/endpointAccessMode', ['BASIC', 'STRICT'], (api, mode) => ({ ...api, endpointAccessMode: mode })),
    ...endpointConfiguration(),
  ],
}

function compressionSize(): PatchRule<RestApiRecord> {
  return {
    path: '/minimumCompressionSize',
    refuse: replaceOnly,
    replace: (api, { value }) =>
      value
        ? { ...api, minimumCompressionSize: parseNumber(value, invalidCompressionSize) }
        : without(api, 'minimumCompressionSize'),
  }
}

function endpointConfiguration(): PatchRule<RestApiRecord>[] {
  return [
    {
      path: '/endpointConfiguration/types/{current}',
      refuse: addRemoveReplace,
      add: (api, { value }) => withTypes(api, [...api.endpointConfiguration.types, parseEndpointType(value)]),
      remove: (api, _, current: string) =>
        withTypes(
          api,
          api.endpointConfiguration.types.filter((type, index) => type !== current && String(index) !== current),
        ),
      replace: (api, { value }) => withTypes(api, [parseEndpointType(value)]),
    },
    {
      path: '/endpointConfiguration/ipAddressType',
      refuse: replaceOnly,
      replace: (api, { value }) => withEndpoint(api, { ipAddressType: parseIpAddressType(value) }),
    },
    {
      path: '/endpointConfiguration/vpcEndpointIds',
      refuse: addRemoveReplace,
      add: (api, { value }) => withVpcEndpoints(api, [...vpcEndpointsOf(api), ...idsIn(value)]),
      remove: (api, { value }) => withVpcEndpoints(api, excluding(vpcEndpointsOf(api), idsIn(value))),
      replace: (api, { value }) => withVpcEndpoints(api, idsIn(value)),
    },
  ]
}

/** Observed: an API that becomes private becomes reachable over both IP versions as well. */
function withTypes(api: RestApiRecord, types: Endpoint['types']): RestApiRecord {
  return withEndpoint(api, types.includes('PRIVATE') ? { types, ipAddressType: 'dualstack' } : { types })
}

function withVpcEndpoints(api: RestApiRecord, ids: readonly string[]): RestApiRecord {
  const unique = [...new Set(ids)]
  if (unique.length > 0) return withEndpoint(api, { vpcEndpointIds: unique })
  return { ...api, endpointConfiguration: without(api.endpointConfiguration, 'vpcEndpointIds') }
}

function withEndpoint(api: RestApiRecord, change: Partial<Endpoint>): RestApiRecord {
  return { ...api, endpointConfiguration: { ...api.endpointConfiguration, ...change } }
}

function vpcEndpointsOf(api: RestApiRecord): string[] {
  return api.endpointConfiguration.vpcEndpointIds ?? []
}

function excluding(ids: readonly string[], removed: readonly string[]): string[] {
  return ids.filter((id) => !removed.includes(id))
}

function idsIn(value = ''): string[] {
  return value.split(',').flatMap((id) => id.trim() || [])
}
