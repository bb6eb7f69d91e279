import { type JsonObject, objectAt, textAt } from '../../json.ts'
import type { IntegrationDefinition } from '../definition.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'
import { extension, readContentHandling, textMap, warn } from './integration-members.ts'

type IntegrationResponses = NonNullable<IntegrationDefinition['integrationResponses']>
type IntegrationResponse = IntegrationResponses[string]

const responseMembers = new Set(['statusCode', 'responseParameters', 'responseTemplates', 'contentHandling'])

/** The keys are selection patterns; `default` is the response without one. */
export function readIntegrationResponses(source: JsonObject, place: OperationPlace, context: ReadContext) {
  const byStatus = new Map<string, IntegrationResponse>()
  for (const [pattern, value] of Object.entries(objectAt(source, 'responses'))) {
    const response = context.resolve(value, attribute(place, `${extension}.responses.'${pattern}'`))
    if (!response) continue
    const statusCode = textAt(response, 'statusCode')
    if (statusCode === undefined || !/^[1-5]\d\d$/.test(statusCode)) {
      context.findings.errors.push(
        `Unable to put integration response on '${place.verb}' for resource at path '${place.path}': Invalid status code specified for '${pattern}': ${statusCode ?? 'null'}`,
      )
      continue
    }
    if (byStatus.has(statusCode)) {
      warn(
        context,
        place,
        `more than one integration response for status code ${statusCode}: '${pattern}' is the one used`,
      )
    }
    for (const member of Object.keys(response)) {
      if (!responseMembers.has(member)) warn(context, place, `unsupported member '${member}' of response '${pattern}'`)
    }
    byStatus.set(statusCode, {
      statusCode,
      ...(pattern !== 'default' && { selectionPattern: pattern }),
      ...textMap(response, 'responseParameters', place, context),
      ...textMap(response, 'responseTemplates', place, context),
      ...readContentHandling(response, place, context),
    })
  }
  return Object.fromEntries(byStatus)
}
