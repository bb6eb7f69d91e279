// Renders orders.vtl with velocityjs, parsed once.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { escapeJavaScript, serveRenders } from './renderer.ts'

interface Velocityjs {
  parse(template: string): object
  readonly Compile: new (parsed: object) => { render(variables: object): string }
}

const [template = '', document = ''] = process.argv.slice(2)
const velocityjs: Velocityjs = createRequire(new URL('../peers/', import.meta.url))('velocityjs')
const parsed = velocityjs.parse(readFileSync(template, 'utf8'))
const body: unknown = JSON.parse(readFileSync(document, 'utf8'))
const variables = () => ({
  input: { path: () => body, params: () => 'acme' },
  util: { escapeJavaScript },
  context: { requestId: 'r-1' },
})
await serveRenders(() => new velocityjs.Compile(parsed).render(variables()))
