import { areCallers } from '../../snapshot/caller-credentials.ts'
import { badRequest } from '../refusal.ts'
import type { Definition } from './definition.ts'

/**
 * Refuses to pass on the credentials of callers who need not sign, and (observed) those of an API with a resource policy.
 * @throws {ServiceError} `BadRequestException`
 */
export function refuseCallersCredentials({ api, resources }: Definition): void {
  const passing = resources.flatMap(({ resource, methods }) =>
    methods
      .filter(({ methodIntegration: { credentials = '' } }) => areCallers(credentials))
      .map((method) => ({ resource, method })),
  )
  if (passing.length > 0 && api.policy !== undefined) {
    throw badRequest('Caller provided credentials not allowed when resource policy is set')
  }
  for (const { resource, method } of passing) {
    const { httpMethod, authorizationType, methodIntegration } = method
    if (authorizationType === 'AWS_IAM') continue
    const place = `the integration of method ${httpMethod} ${resource.path}`
    const problem = `has credentials ${methodIntegration.credentials}, but the method has authorizationType ${authorizationType}`
    throw badRequest(`Cannot deploy: ${place} ${problem}`)
  }
}
