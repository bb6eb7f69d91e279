import type { Contract } from '../../src/wire/contract.ts'

/**
 * A contract as a TypeScript module: JSON text, one operation or structure per line so that changes show in a diff. Parsing
 * JSON is several times faster than evaluating the same literal, and the type checker does not read it.
 */
export function render({ operations, structures, ...facts }: Contract, sources: string): string {
  const head = JSON.stringify(facts).slice(0, -1)
  const json = `${head},\n"operations":{\n${lines(operations)}},\n"structures":{\n${lines(structures)}}}`
  return `// Generated from ${sources} by \`npm run generate\`: do not edit.
import type { Contract } from '../contract.ts'

/** The wire contract of \`${facts.service}\`. */
export const ${facts.service}: Contract = JSON.parse(String.raw\`${literal(json)}\`)
`
}

function lines(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n')
}

/** Escapes, as JSON does, the two things that mean something in a raw template. */
function literal(json: string): string {
  return json.replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{')
}
