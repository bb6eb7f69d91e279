import type { JsonValue } from '../../json/value.ts'
import { writeJson } from '../../json/write.ts'
import type { JsonPath } from '../../jsonpath/json-path.ts'
import { PathEvaluationError, PathSyntaxError } from '../../jsonpath/path-error.ts'
import { HostError, HostObject, type Value } from '../../vtl/value.ts'
import type { Payload } from '../mapping/payload.ts'
import type { Parameters } from './parameters.ts'

/** What `$input` reads. */
export interface InputData {
  readonly payload: Payload
  readonly parameters: Parameters
  /** Compiles a path, or remembers it. */
  readonly compile: (path: string) => JsonPath
  /** What a body that begins like JSON, and is none, ends the rendering with. */
  readonly unreadable: (cause: unknown) => Error
}

/** `$input`: the body and the client's parameters. */
export class Input extends HostObject {
  readonly #data: InputData

  constructor(data: InputData) {
    super()
    this.#data = data
  }

  override get(name: string): Value | undefined {
    return name === 'body' ? this.#data.payload.text : undefined
  }

  override call(name: string, parameters: readonly Value[]): Value | undefined {
    const [argument] = parameters
    if (parameters.length === 0) return name === 'params' ? this.#data.parameters.all : undefined
    if (parameters.length > 1 || typeof argument !== 'string') return undefined
    switch (name) {
      case 'params':
        return this.#data.parameters.get(argument)
      case 'json':
        return this.#json(argument)
      case 'path':
        return this.#data.payload.isEmpty ? undefined : this.#read(argument)
      default:
        return undefined
    }
  }

  /** What is missing is an empty text. */
  #json(path: string): string {
    const found = this.#read(path)
    return found === undefined ? '""' : writeJson(found)
  }

  #read(path: string): JsonValue | undefined {
    const { compile, payload, unreadable } = this.#data
    let document: JsonValue
    try {
      document = payload.document
    } catch (cause) {
      throw unreadable(cause)
    }
    try {
      return compile(path).read(document)
    } catch (error) {
      if (!(error instanceof PathSyntaxError || error instanceof PathEvaluationError)) throw error
      throw new HostError(`${path}: ${error.message}`, { cause: error })
    }
  }
}
