import type { Validator } from '../../json-schema/validator.ts'
import type { ModelValidators } from '../../snapshot/model-validators.ts'
import type { RestApiSnapshot } from '../../snapshot/rest-api.ts'
import { GatewayError } from '../error.ts'
import { firstMediaType } from '../headers.ts'
import type { Handler } from '../pipeline.ts'
import { receivedBody } from '../received-body.ts'
import { whenKnown } from '../when-known.ts'

/** Compiled models, for all methods and stages of a deployment. */
const validatorsOfApi = new WeakMap<RestApiSnapshot, Promise<ModelValidators>>()

/** Loads the validator when a deployed method first needs it. */
function validatorsOf(api: RestApiSnapshot): Promise<ModelValidators> {
  const known = validatorsOfApi.get(api)
  if (known) return known
  const loading = import('../../snapshot/model-validators.ts').then(({ modelValidators }) =>
    modelValidators(api.restApiId, api.models ?? {}),
  )
  validatorsOfApi.set(api, loading)
  return loading
}

/**
 * Lets a call pass whose body satisfies the model of its content type; one of a type without model passes unread. Observed:
 * without a content type a body counts as JSON, and an empty one as `{}`.
 *
 * @param models Model names by media type.
 */
export function validateBody(api: RestApiSnapshot, models: Readonly<Record<string, string>>, next: Handler): Handler {
  const names = new Map(Object.entries(models).map(([mediaType, name]) => [firstMediaType(mediaType), name]))
  let validators: ModelValidators | undefined
  const loading = validatorsOf(api).then((loaded) => {
    validators = loaded
    return loaded
  })

  return (invocation) => {
    const { headers, body } = invocation.request
    const mediaType = firstMediaType(headers.get('content-type') ?? 'application/json')
    const name = names.get(mediaType)
    if (name === undefined) return next(invocation)
    const check = (validatorOf: ModelValidators, text: string) => validate(validatorOf(name), text, mediaType)
    if (body.length === 0 && validators) {
      check(validators, '{}')
      return next(invocation)
    }
    return whenKnown(validators ?? loading, (validatorOf) =>
      whenKnown(body.read(), (bytes) => {
        check(validatorOf, bytes.length === 0 ? '{}' : bytes.toString('utf8'))
        return next({ ...invocation, request: { ...invocation.request, body: receivedBody(bytes) } })
      }),
    )
  }
}

function validate(validator: Validator, text: string, mediaType: string): void {
  const found = parseThen(text, (value) => validator.validate(value))
  if (!found) return
  const validationError = `[${found.join(', ')}]`
  throw new GatewayError('BAD_REQUEST_BODY', 'Invalid request body', {
    validationError,
    detail: `Request body does not match model schema for content type ${mediaType}: ${validationError}`,
  })
}

function parseThen(text: string, check: (value: unknown) => readonly string[] | undefined) {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return ['Unable to parse the request body as JSON']
  }
  return check(value)
}
