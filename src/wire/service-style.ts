import { parametersOf } from './aws-query/form.ts'
import type { ParsedRequest } from './codec.ts'
import { ServiceError } from './service-error.ts'

/** How a service behaves where its model says nothing. */
export interface ServiceStyle {
  /** The error that violated constraints get. */
  readonly validationCode: string
  /** Observed: `apigateway` names body members under the operation's input, and path and query members plainly. */
  readonly namesInput: boolean
  /** What the service says instead of a violation, where it has words of its own. */
  readonly ownWords?: (violation: string) => string | undefined
  /** The error of a bug. */
  readonly internalCode: string
  /** Content type of a blob answer that names none. */
  readonly blobType: string
  /** Observed: maps whose empty texts `apigateway` answers as null. */
  readonly emptyAsNull?: readonly string[]
  /** The answer to a path or an action that no operation has. */
  unknownRoute(request: ParsedRequest): ServiceError
}

const missingToken = () =>
  new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', { status: 403 })

const apigateway: ServiceStyle = {
  validationCode: 'ValidationException',
  namesInput: true,
  internalCode: 'InternalFailure',
  blobType: 'application/octet-stream',
  emptyAsNull: ['requestTemplates', 'responseTemplates'],
  unknownRoute: missingToken,
}

const queryStyle: ServiceStyle = {
  validationCode: 'ValidationError',
  namesInput: false,
  internalCode: 'InternalFailure',
  blobType: 'application/octet-stream',
  unknownRoute(request) {
    const parameters = parametersOf(request)
    const action = parameters.get('Action')
    if (action === null) return new ServiceError('MissingAction', 'Missing Action', { status: 400 })
    const version = parameters.get('Version') ?? 'NO_VERSION_SPECIFIED'
    return new ServiceError('InvalidAction', `Could not find operation ${action} for version ${version}`, {
      status: 400,
    })
  },
}

const styles: Readonly<Record<string, ServiceStyle>> = {
  apigateway,
  apigatewayv2: { ...apigateway, validationCode: 'BadRequestException', namesInput: false, emptyAsNull: [] },
  iam: { ...queryStyle, ownWords: iamWords },
  sts: queryStyle,
  lambda: {
    validationCode: 'ValidationException',
    namesInput: false,
    internalCode: 'ServiceException',
    blobType: 'application/json',
    unknownRoute: ({ method, path }) =>
      new ServiceError(
        'UnknownOperationException',
        `Unable to determine service/operation name to be authorized: ${method} ${path}`,
        { status: 404 },
      ),
  },
}

const brokenPattern = "' failed to satisfy constraint: Member must satisfy regular expression pattern: "

/** Observed: names and paths are refused in sentences of IAM's own. The value in a violation may be long: it is not searched. */
function iamWords(violation: string): string | undefined {
  const end = violation.lastIndexOf(brokenPattern)
  if (end === -1) return undefined
  const member = violation.slice(violation.lastIndexOf("'", end - 1) + 1, end)
  if (violation.slice(end + brokenPattern.length) === '[\\w+=,.@-]+') {
    return `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
  }
  if (member !== 'path') return undefined
  return 'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.'
}

/** The style of a service; one that is not listed behaves as `apigateway` does. */
export function styleOf(service: string): ServiceStyle {
  return styles[service] ?? apigateway
}
