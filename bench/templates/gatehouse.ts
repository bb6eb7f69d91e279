// Renders orders.vtl with Gatehouse's engine.
import { readFileSync } from 'node:fs'
import { parseJson } from '../../src/json/parse.ts'
import type { JsonValue } from '../../src/json/value.ts'
import { compileTemplate } from '../../src/vtl/template.ts'
import { HostObject, type Value } from '../../src/vtl/value.ts'
import { escapeJavaScript, serveRenders } from './renderer.ts'

const [template = '', document = ''] = process.argv.slice(2)

class Input extends HostObject {
  readonly #body: JsonValue

  constructor(body: JsonValue) {
    super()
    this.#body = body
  }

  override get(): undefined {
    return undefined
  }

  override call(name: string): Value {
    return name === 'path' ? this.#body : 'acme'
  }
}

class Util extends HostObject {
  override get(): undefined {
    return undefined
  }

  override call(_name: string, [text]: readonly Value[]): Value {
    return escapeJavaScript(String(text))
  }
}

const compiled = compileTemplate(readFileSync(template, 'utf8'))
const variables = new Map<string, Value>([
  ['input', new Input(parseJson(readFileSync(document, 'utf8')))],
  ['util', new Util()],
  ['context', new Map<string, Value>([['requestId', 'r-1']])],
])
await serveRenders(() => compiled.render(variables))
