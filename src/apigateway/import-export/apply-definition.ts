import type { ApiDefinition } from '../../openapi/rest/definition.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { maxAuthorizers } from '../authorizer/operations.ts'
import { checkAuthorizer } from '../authorizer/rules.ts'
import { badRequest } from '../refusal.ts'
import { maxRequestValidators } from '../request-validator/operations.ts'
import { requestValidators } from '../request-validator/request-validator.ts'
import { withKeptPolicy } from '../rest-api/policy.ts'
import { replaceRestApi } from '../rest-api/replace-rest-api.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'
import { checkedRestApi } from '../rest-api/rules.ts'
import { checkedTags } from '../tag/tags.ts'
import type { Application } from './application.ts'
import { applyDocumentation } from './apply-documentation.ts'
import { applyGatewayResponses } from './apply-gateway-responses.ts'
import { applyMethods } from './apply-methods.ts'
import { applyModels } from './apply-models.ts'
import { applyNamed } from './apply-named.ts'
import { applyResources } from './apply-resources.ts'
import { withSettings } from './apply-settings.ts'
import { attempt } from './import-errors.ts'

/**
 * Writes a definition to an API: adds to it and replaces parts of the same name, or replaces it altogether. Stages and
 * deployments stay as they are. What the rules refuse goes to the application's errors.
 *
 * @returns The API's record as it is then.
 */
export async function applyDefinition(
  api: RestApiRecord,
  definition: ApiDefinition,
  application: Application,
): Promise<RestApiRecord> {
  const { transaction, scope, caller, overwrite, errors } = application
  const changed = withSettings(api, definition.settings, overwrite)
  const kept = await attempt(errors, 'Unable to put rest api', async () => {
    checkedTags(changed.tags)
    const checked = withKeptPolicy(checkedRestApi(changed), caller)
    await replaceRestApi(transaction, scope, api, checked)
    return checked
  })
  await applyModels(definition.models, application)
  const ids = {
    authorizers: await applyNamed(
      {
        collection: authorizers,
        what: 'authorizer',
        max: maxAuthorizers,
        tooMany: 'Maximum number of Authorizers for this API has been reached.',
        check: (authorizer) => checkAuthorizer(authorizer, caller),
      },
      definition.authorizers,
      application,
    ),
    requestValidators: await applyNamed(
      {
        collection: requestValidators,
        what: 'request validator',
        max: maxRequestValidators,
        tooMany: 'Maximum number of Request Validators for this API has been reached.',
        check: ({ name }) => {
          if (name.trim() === '') throw badRequest('Request Validator name cannot be blank')
        },
      },
      definition.requestValidators,
      application,
    ),
  }
  const resources = await applyResources(definition.resources, application)
  for (const resourceDefinition of definition.resources) {
    const resource = resources.get(resourceDefinition.path)
    if (resource) await applyMethods(resourceDefinition, resource, ids, application)
  }
  await applyGatewayResponses(definition.gatewayResponses, application)
  const { documentationParts } = definition
  if (documentationParts) await applyDocumentation(documentationParts, application)
  return kept ?? changed
}
