import type { Contract } from '../../src/wire/contract.ts'

/** A contract as JSON, one operation or structure per line, so that a change of the model shows as a change of lines. */
export function render({ operations, structures, ...facts }: Contract): string {
  const head = JSON.stringify(facts).slice(0, -1)
  return `${head},\n"operations":{\n${lines(operations)}},\n"structures":{\n${lines(structures)}}}\n`
}

function lines(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n')
}
