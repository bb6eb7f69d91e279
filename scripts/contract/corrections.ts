/** A member of an input whose enum the service does not check in its framework, with its own words instead. */
export const uncheckedEnums: Readonly<Record<string, readonly string[]>> = {
  // Answered by the operation: `Enumeration value of OpenAPI import mode must be "overwrite" or "merge"`.
  apigateway: ['PutRestApiRequest.mode', 'ImportDocumentationPartsRequest.mode'],
  // Answered by the operation with InvalidParameterValueException: `… enum value set: [...] or be a valid ARN`.
  lambda: ['CreateFunctionRequest.Runtime', 'UpdateFunctionConfigurationRequest.Runtime'],
  // Answered by the operation: `Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]`.
  apigatewayv2: ['CreateApiRequest.ProtocolType'],
}

/** Enums that the service prints in another order than its model, as observed in its answers. */
export const observedOrder: Readonly<Record<string, readonly string[]>> = {
  'apigateway.Op': ['add', 'remove', 'move', 'test', 'replace', 'copy'],
  'apigateway.IntegrationType': ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'],
}
