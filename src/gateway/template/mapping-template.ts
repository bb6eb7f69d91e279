import { TemplateError, TemplateSyntaxError } from '../../vtl/error.ts'
import { compileTemplate, type Template } from '../../vtl/template.ts'
import type { Value, Variables } from '../../vtl/value.ts'
import { configurationError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import type { Payload } from '../mapping/payload.ts'
import { invalidJson } from '../mapping/request-parameters.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { Context } from './context.ts'
import { Input } from './input.ts'
import { OverrideRecorder } from './override-recorder.ts'
import type { TemplateOverrides } from './overrides.ts'
import { Parameters } from './parameters.ts'
import { rememberedPaths } from './remembered-paths.ts'
import { util } from './util.ts'

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
  source: string,
  place: CallPlace,
  what: 'request' | 'response',
): MappingTemplate {
  const failed = (cause: unknown) => {
    return configurationError(`Execution failed due to configuration error: Unable to transform ${what}`, cause)
  }
  const template = compile(source)
  if (template instanceof TemplateSyntaxError) {
    return {
      render() {
        throw failed(template)
      },
    }
  }
  const compilePath = rememberedPaths()
  // An evaluated text can hold any name.
  const reads = (name: string) => source.includes(name) || source.includes('evaluate')
  const [readsInput, readsContext, readsStageVariables] = ['input', 'context', 'stageVariables'].map(reads)
  const unreadable = what === 'request' ? invalidJson : failed
  return {
    render({ payload, invocation, overrides }) {
      const recorder = new OverrideRecorder(overrides)
      const variables = new Map<string, Value>()
      variables.set('util', util)
      if (readsInput) {
        const parameters = new Parameters(invocation, place)
        variables.set('input', new Input({ payload, parameters, compile: compilePath, unreadable }))
      }
      if (readsContext) variables.set('context', new Context(invocation, place, recorder))
      if (readsStageVariables) variables.set('stageVariables', new Map(Object.entries(place.stage.variables)))
      return { text: renderText(template, variables, failed), overrides: recorder.overrides }
    },
  }
}

/** Observed: what these do not have prints nothing. */
const silent = ['input', 'util', 'context', 'stageVariables']

/** Observed: white space around a template is no part of it. */
function compile(source: string): Template | TemplateSyntaxError {
  try {
    return compileTemplate(source.trim(), { silent })
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return error
    throw error
  }
}

function renderText(template: Template, variables: Variables, failed: (cause: unknown) => Error): string {
  try {
    return template.render(variables)
  } catch (error) {
    throw error instanceof TemplateError ? failed(error) : error
  }
}
