import { configurationError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import type { Payload } from '../mapping/payload.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import type { TemplateOverrides } from './overrides.ts'

/** What one rendering sees. */
export interface TemplateData {
  /** `$input.body`, `$input.json(…)`, `$input.path(…)`: the request's body, or the backend's. */
  readonly payload: Payload
  /** `$input.params(…)` and `$context`: the client's request, in response templates too. */
  readonly invocation: Invocation
  /** What an earlier template of the same call has set; `noOverrides` for the first one. */
  readonly overrides: TemplateOverrides
}

/** What one rendering made. */
export interface Rendered {
  readonly text: string
  /** What this template and those before it have set. */
  readonly overrides: TemplateOverrides
}

/** A mapping template of an integration, compiled. */
export interface MappingTemplate {
  /**
   * @throws {GatewayError} `DEFAULT_4XX` with status 400 for a request's body that begins like JSON and is none, where the
   *   template reads it; `API_CONFIGURATION_ERROR` for everything else that fails, a template that does not parse included.
   */
  render(data: TemplateData): Rendered
}

/**
 * Compiles a template of `requestTemplates` or `responseTemplates`. One that does not parse fails its calls, as in AWS, not
 * its deployment.
 *
 * @param place Where its calls arrive.
 * @param what What it transforms: names it in the log.
 */
export function compileMappingTemplate(
  _source: string,
  _place: CallPlace,
  what: 'request' | 'response',
): MappingTemplate {
  return {
    render() {
      throw configurationError(`Execution failed due to configuration error: Unable to transform ${what}`)
    },
  }
}
