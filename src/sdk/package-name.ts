/** The name of an API's package: what npm allows of the API's own. */
export function packageName(apiName: string): string {
  const words = apiName.toLowerCase().match(/[a-z0-9]+/g) ?? ['api']
  return `${words.join('-').slice(0, 200)}-sdk`
}

/** The version of an API's package: the API's own, if npm can order it. */
export function packageVersion(apiVersion: string): string {
  return /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/.test(apiVersion) ? apiVersion : '1.0.0'
}
