import { JsonSyntaxError, parseJson } from '../../json/parse.ts'
import { HostError, HostObject, type Value, type Work } from '../../vtl/value.ts'
import { encodable } from './encodable.ts'
import { escapeJavaScript } from './escape-java-script.ts'
import { scalarText } from './scalar-text.ts'
import { urlDecode, urlEncode } from './url-encoding.ts'

/** What an escaped or decoded character costs. */
const stepsPerCharacter = 4

/** `$util`. Each function takes one text; of numbers and booleans, their text. */
class Util extends HostObject {
  override get(): undefined {
    return undefined
  }

  override call(name: string, parameters: readonly Value[], work: Work): Value | undefined {
    const transform = functions.get(name)
    const text = parameters.length === 1 ? scalarText(parameters[0]) : undefined
    if (text === undefined || !transform) return undefined
    work.spend(text.length * stepsPerCharacter)
    return transform(text)
  }
}

export const util: HostObject = new Util()

const functions: ReadonlyMap<string, (text: string) => Value> = new Map<string, (text: string) => Value>([
  ['escapeJavaScript', escapeJavaScript],
  ['parseJson', parse],
  ['urlEncode', urlEncode],
  ['urlDecode', urlDecode],
  ['base64Encode', (text) => Buffer.from(encodable(text)).toString('base64')],
  ['base64Decode', (text) => Buffer.from(text, 'base64').toString()],
])

function parse(text: string): Value {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new HostError(`parseJson was given what is no JSON: ${error.message}`, { cause: error })
  }
}
