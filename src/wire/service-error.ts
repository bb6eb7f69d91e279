/**
 * An expected refusal of a control-plane operation. The wire layer gives it the HTTP status that the service's model
 * declares for `code`, and 400 to codes outside the model (`ValidationException`, `SerializationException`).
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  /** The exception's name on the wire, such as `NotFoundException`. */
  readonly code: string
  /** Members of the exception beyond its message, such as `retryAfterSeconds` or `Type`. */
  readonly members: Readonly<Record<string, unknown>>
  /** HTTP status for a code that the service's model does not declare. */
  readonly status: number | undefined

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & { members?: Readonly<Record<string, unknown>>; status?: number } = {},
  ) {
    super(message, options)
    this.code = code
    this.members = options.members ?? {}
    this.status = options.status
  }
}
