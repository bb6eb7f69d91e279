import { parametersOf } from './aws-query/form.ts'
import type { ParsedRequest } from './codec.ts'
import { ServiceError } from './service-error.ts'

/** How a service behaves where its model says nothing. */
export interface ServiceStyle {
  /** The error that violated constraints get. */
  readonly validationCode: string
  /** Observed: `apigateway` names body members under the operation's input, and path and query members plainly. */
  readonly namesInput: boolean
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
  iam: queryStyle,
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

/** The style of a service; one that is not listed behaves as `apigateway` does. */
export function styleOf(service: string): ServiceStyle {
  return styles[service] ?? apigateway
}
