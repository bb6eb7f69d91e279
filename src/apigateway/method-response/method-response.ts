/** What a method declares that it may answer with one status code. */
export interface MethodResponseRecord {
  readonly statusCode: string
  /** `method.response.header.{name}` to whether the header is required. */
  readonly responseParameters?: Record<string, boolean>
  /** Media type to model name. */
  readonly responseModels?: Record<string, string>
}
