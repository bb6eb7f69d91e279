import { badRequest } from './refusal.ts'

const mediaType = /^[a-zA-Z0-9!#$&^_.+*-]+\/[a-zA-Z0-9!#$&^_.+*-]+(?:\s*;.*)?$/

/** Documented, in bytes. */
const maxTemplateBytes = 300 * 1024

/**
 * Checks a template map: its keys are media types, or `$default`, and no template is larger than 300 KB.
 * @throws {ServiceError} `BadRequestException`, for a key in the observed words.
 */
export function checkTemplates(templates: Readonly<Record<string, string>> = {}): void {
  for (const [type, template] of Object.entries(templates)) {
    if (template.length * 3 > maxTemplateBytes && Buffer.byteLength(template) > maxTemplateBytes) {
      throw badRequest(`The mapping template for ${type} is larger than ${maxTemplateBytes} bytes`)
    }
    if (type !== '$default' && !mediaType.test(type)) {
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`)
    }
  }
}
