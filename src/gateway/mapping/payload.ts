import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'

/** A body as mappings see it: its text, and its JSON, parsed once when it is first asked for. */
export class Payload {
  /** Observed: mappings see an empty body as `{}`. */
  readonly text: string
  /** There is no body. */
  readonly isEmpty: boolean
  private parsed: JsonValue | undefined

  constructor(text: string) {
    this.isEmpty = text === ''
    this.text = this.isEmpty ? '{}' : text
  }

  /** @throws {JsonSyntaxError} when the body is no JSON. */
  get json(): JsonValue {
    this.parsed ??= parseJson(this.text)
    return this.parsed
  }

  /**
   * What the JSONPaths of templates are read from. A body that does not begin like JSON, such as a form, is a text, but for
   * the numbers and words of JSON (observed).
   *
   * @throws {JsonSyntaxError} when the body begins like JSON and is none.
   */
  get document(): JsonValue {
    if (this.parsed === undefined && !this.looksLikeJson) this.parsed = bareValue(this.text.trim())
    return this.json
  }

  /** Observed: only a body that begins like JSON is read as such; any other has no members. */
  get looksLikeJson(): boolean {
    return /^\s*[{["']/.test(this.text)
  }
}

function bareValue(text: string): JsonValue {
  if (!/^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(text)) return text
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

/** For a call whose body no mapping reads. */
export const unread = new Payload('')
