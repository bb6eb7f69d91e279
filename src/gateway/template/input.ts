import type { JsonValue } from '../../json/value.ts'
import { JsonWriteError, writeJson } from '../../json/write.ts'
import type { JsonPath } from '../../jsonpath/json-path.ts'
import { PathEvaluationError, PathSyntaxError } from '../../jsonpath/path-error.ts'
import { defaultLimits } from '../../vtl/limits.ts'
import { HostError, HostObject, type Value, type Work } from '../../vtl/value.ts'
import type { Payload } from '../mapping/payload.ts'
import type { Parameters } from './parameters.ts'

/** What a character of JSON costs to write, and a value to look at. */
const stepsPerCharacter = 4
const stepsPerVisit = 10

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

  override call(name: string, parameters: readonly Value[], work: Work): Value | undefined {
    const [argument] = parameters
    if (parameters.length === 0) return name === 'params' ? this.#data.parameters.all : undefined
    if (parameters.length > 1 || typeof argument !== 'string') return undefined
    switch (name) {
      case 'params':
        return this.#data.parameters.get(argument)
      case 'json':
        return this.#json(argument, work)
      case 'path':
        return this.#data.payload.isEmpty ? undefined : this.#read(argument, work)
      default:
        return undefined
    }
  }

  /** What is missing is an empty text. */
  #json(path: string, work: Work): string {
    const found = this.#read(path, work)
    if (found === undefined) return '""'
    const text = written(found)
    work.spend(text.length * stepsPerCharacter)
    return text
  }

  #read(path: string, work: Work): JsonValue | undefined {
    const { compile, payload, unreadable } = this.#data
    let document: JsonValue
    try {
      document = payload.document
    } catch (cause) {
      throw unreadable(cause)
    }
    try {
      return compile(path).read(document, (values) => work.spend(values * stepsPerVisit))
    } catch (error) {
      if (!(error instanceof PathSyntaxError || error instanceof PathEvaluationError)) throw error
      throw new HostError(`${path}: ${error.message}`, { cause: error })
    }
  }
}

function written(value: JsonValue): string {
  try {
    return writeJson(value, defaultLimits.maxLength)
  } catch (error) {
    if (error instanceof JsonWriteError) throw new HostError(error.message, { cause: error })
    throw error
  }
}
