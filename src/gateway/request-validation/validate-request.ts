import { GatewayError } from '../error.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { missingParameters } from './required-parameters.ts'
import { validateBody } from './validate-body.ts'

/** Lets only calls pass that the method's request validator finds valid: first their parameters, then their body. */
export const validateRequest: Step<DeployedMethod> = (deployed, next) => {
  const { requiredParameters, models } = deployed.method.requestValidation ?? {}
  const checked = models ? validateBody(deployed.stage.api, models, next) : next
  if (!requiredParameters) return checked

  const missing = missingParameters(requiredParameters, deployed)
  return (invocation) => {
    const names = missing(invocation)
    if (names.length === 0) return checked(invocation)
    const message = `Missing required request parameters: [${names.join(', ')}]`
    throw new GatewayError('BAD_REQUEST_PARAMETERS', message, { validationError: message })
  }
}
