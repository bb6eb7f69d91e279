import { configurationError } from '../../error.ts'
import type { Rendered, TemplateData } from '../../template/mapping-template.ts'
import type { BodyTemplate } from './compile-templates.ts'
import type { Content } from './content.ts'

/** A body after its template, and what this and earlier templates have set. */
export interface Transformed extends Omit<Rendered, 'text'> {
  readonly body: Content
}

/**
 * Transforms a body by the template that was chosen for it, if there is one.
 *
 * @param what Which body, for the log.
 * @throws {GatewayError} What rendering throws; 500 when the body is binary, for a template reads text.
 */
export function transform(
  chosen: BodyTemplate | undefined,
  content: Content,
  data: TemplateData,
  what: 'request' | 'response',
): Transformed {
  if (!chosen?.template) return { body: content, overrides: data.overrides }
  if (typeof content !== 'string') {
    throw configurationError(
      `Execution failed due to configuration error: Unable to transform ${what}: the body is binary`,
    )
  }
  const { text, overrides } = chosen.template.render(data)
  return { body: text, overrides }
}
