import {
  type ServiceIntegrationSubtype,
  type ServiceParameterKind,
  serviceIntegrations,
} from '../../../../snapshot/service-integration.ts'
import { GatewayError } from '../../../error.ts'
import { compileParameter, type ParameterValue, type Resolve } from './parameter-value.ts'

/** Values of a call's parameters by name, as their service takes them. */
export type ParameterValues = ReadonlyMap<string, ParameterValue>

/**
 * Compiles the `requestParameters` of a service integration.
 *
 * @param resolve Compiles the text of a value.
 * @returns Reads the values of a call. Parameters that the service does not know are left out: none was taken in.
 * @throws {GatewayError} from what it returns: 400 for a call without one of the values (observed), or with one that the
 *   service cannot take.
 */
export function compileParameters<Call>(
  subtype: ServiceIntegrationSubtype,
  requestParameters: Readonly<Record<string, string>>,
  resolve: Resolve<Call>,
): (call: Call) => ParameterValues {
  const { required, optional } = serviceIntegrations[subtype]
  const kinds: ReadonlyMap<string, ServiceParameterKind> = new Map(Object.entries({ ...required, ...optional }))
  const readers = Object.entries(requestParameters).flatMap(([name, text]) => {
    const kind = kinds.get(name)
    return kind === undefined ? [] : { name, text, read: compileParameter(kind, text, resolve) }
  })
  const missing = Object.keys(required).filter((name) => !Object.hasOwn(requestParameters, name))

  return (call) => {
    const [unset] = missing
    if (unset !== undefined) throw unresolved(unset, 'nothing')
    return new Map(
      readers.map(({ name, text, read }) => {
        const value = read(call)
        if (value === undefined) throw unresolved(name, text)
        return [name, value]
      }),
    )
  }
}

/** In the service's words (observed). */
function unresolved(name: string, source: string): GatewayError {
  const detail =
    `Unable to resolve property ${name} from source ${source}. Please make sure that the request to API Gateway ` +
    'contains all the necessary fields specified in request parameters.'
  return new GatewayError('BAD_REQUEST_PARAMETERS', 'Bad Request', { detail })
}
