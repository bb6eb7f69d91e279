import type { RoutingMode as RestRoutingMode } from '@aws-sdk/client-api-gateway'
import type { RoutingMode } from '@aws-sdk/client-apigatewayv2'

const restModes: Readonly<Record<RoutingMode, RestRoutingMode>> = {
  API_MAPPING_ONLY: 'BASE_PATH_MAPPING_ONLY',
  ROUTING_RULE_ONLY: 'ROUTING_RULE_ONLY',
  ROUTING_RULE_THEN_API_MAPPING: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
}
const modes: Readonly<Record<RestRoutingMode, RoutingMode>> = {
  BASE_PATH_MAPPING_ONLY: 'API_MAPPING_ONLY',
  ROUTING_RULE_ONLY: 'ROUTING_RULE_ONLY',
  ROUTING_RULE_THEN_BASE_PATH_MAPPING: 'ROUTING_RULE_THEN_API_MAPPING',
}

/** The word that the first version, and the record, has for a mode. */
export function restRoutingMode(mode: RoutingMode): RestRoutingMode {
  return restModes[mode]
}

/** The word that the second version has for a mode. */
export function presentRoutingMode(mode: RestRoutingMode): RoutingMode {
  return modes[mode]
}
