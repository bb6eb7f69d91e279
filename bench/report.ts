import { usualConnections } from './load.ts'
import type { Fact } from './machine.ts'
import type { Findings, Subject } from './subject.ts'
import { type Cells, table } from './table.ts'
import type { Pace, Row } from './turns.ts'

/** A subject with what it found. */
export type Result = Subject & Findings

/** The tables of the whole run, as they are printed and as they stand in the report. */
export function tables(results: readonly Result[]): string {
  return [callsTable(results), figuresTable(results), targetsTable(results)].filter((text) => text !== '').join('\n\n')
}

/** `docs/performance.md`: the tables with all that is needed to understand and repeat them. */
export function report(results: readonly Result[], pace: Pace, machine: readonly Fact[], date: Date): string {
  return `# Performance

Written by \`npm run bench\` on ${date.toISOString().slice(0, 10)}. To repeat it: \`apt-get install wrk nginx-light\`,
then \`npm run bench\` (\`-- --only ${results[0]?.name ?? 'mock'}\` for one subject).

${tables(results)}

## Method

- Each subject and its peers run at the same time and are called in turns, A B B A A B …: a warm-up of ${pace.warmUpSeconds} s, then
  ${pace.turns} turns of a second each. Figures are medians of the turns; ratios and differences are medians of those between
  the turns of a round (A B, or B A), for the machine's speed changes twofold within seconds.
- The load comes from \`wrk\`, a process of its own with one thread and ${usualConnections} connections unless its subject says otherwise, each with one call at a time, over
  loopback. It shares the machine's cores with the servers, so **CPU per call is the figure to compare**; calls per
  second and latency depend on how many cores are left.
- CPU per call is user and system time of all processes and threads of the server (\`/proc/{pid}/stat\`, children included),
  divided by the calls answered. Backend and loader are not counted.
- A call that was not answered with 2xx counts as failed.

${results.map(({ title, method }) => `- **${title}.** ${method}`).join('\n')}

## Machine

${table(['What', 'Which'], machine)}
`
}

function callsTable(results: readonly Result[]): string {
  const head = ['Calls', 'CPU µs/call:', 'calls/s:', 'p50 ms:', 'p99 ms:', 'failed:']
  return tableUnlessEmpty(head, results.flatMap(({ rows }) => rows).map(callCells))
}

function callCells({ name, cpuMicrosPerCall, callsPerSecond, p50Millis, p99Millis, failures }: Row): Cells {
  const calls = Math.round(callsPerSecond).toLocaleString('en-US')
  return [name, cpuMicrosPerCall.toFixed(1), calls, p50Millis.toFixed(2), p99Millis.toFixed(2), String(failures)]
}

function figuresTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ title, figures }) => figures.map(({ name, value }) => [title, name, value]))
  return tableUnlessEmpty(['Figure', 'Of', 'Measured:'], rows)
}

function targetsTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ targets }) => targets)
  const cells = rows.map(({ promise, measured, met }) => [promise, measured, met ? 'pass' : 'FAIL'])
  return tableUnlessEmpty(['Target', 'Measured:', 'Result'], cells)
}

function tableUnlessEmpty(head: Cells, rows: readonly Cells[]): string {
  return rows.length === 0 ? '' : table(head, rows)
}
