/** What a reference from one model to another names. */
export interface ModelUrl {
  readonly restApiId: string
  readonly modelName: string
}

const form = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/([^/#]+)\/models\/([^/#]+)$/

/** Reads `https://apigateway.amazonaws.com/restapis/{restApiId}/models/{modelName}`: the canonical form of a reference. */
export function parseModelUrl(reference: string): ModelUrl | undefined {
  const [, restApiId, modelName] = form.exec(reference) ?? []
  return restApiId === undefined || modelName === undefined ? undefined : { restApiId, modelName }
}

/** Writes a reference to a model. */
export function formatModelUrl({ restApiId, modelName }: ModelUrl): string {
  return `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${modelName}`
}
