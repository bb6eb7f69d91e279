import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'

/** A body as mappings see it: its text, and its JSON, parsed once when it is first asked for. */
export class Payload {
  /** Observed: mappings see an empty body as `{}`. */
  readonly text: string
  private parsed: JsonValue | undefined

  constructor(text: string) {
    this.text = text === '' ? '{}' : text
  }

  /** @throws {JsonSyntaxError} when the body is no JSON. */
  get json(): JsonValue {
    this.parsed ??= parseJson(this.text)
    return this.parsed
  }

  /** Observed: only a body that begins like JSON is read as such; any other has no members. */
  get looksLikeJson(): boolean {
    return /^\s*[{["']/.test(this.text)
  }
}

/** For a call whose body no mapping reads. */
export const unread = new Payload('')
