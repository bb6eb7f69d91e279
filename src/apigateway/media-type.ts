import { badRequest } from './refusal.ts'

const mediaType = /^[a-zA-Z0-9!#$&^_.+*-]+\/[a-zA-Z0-9!#$&^_.+*-]+(?:\s*;.*)?$/

/**
 * Checks the keys of a template map: media types, or `$default`.
 * @throws {ServiceError} `BadRequestException` in the observed words.
 */
export function checkTemplateTypes(templates: Readonly<Record<string, string>> = {}): void {
  for (const type of Object.keys(templates)) {
    if (type !== '$default' && !mediaType.test(type)) {
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`)
    }
  }
}
