import { createInterface } from 'node:readline'

/** Renders the template once. */
export type Render = () => string

/**
 * Answers each line of standard input: a number of milliseconds by rendering for so long and writing the number of renders and
 * the nanoseconds of processor time that they took; an empty line by the text, on one line.
 */
export async function serveRenders(render: Render): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = line === '' ? render().replaceAll('\n', '\\n') : renderFor(render, Number(line))
    process.stdout.write(`${answer}\n`)
  }
}

function renderFor(render: Render, milliseconds: number): string {
  const before = process.cpuUsage()
  const end = performance.now() + milliseconds
  let renders = 0
  let characters = 0
  while (performance.now() < end) {
    for (let repeat = 0; repeat < 100; repeat += 1) {
      const text = render()
      // Reading a character makes the engine put the pieces of the string together, as sending it would.
      characters += text.charCodeAt(text.length - 1)
    }
    renders += 100
  }
  const { user, system } = process.cpuUsage(before)
  if (characters === 0) throw new Error('Nothing was rendered')
  return `${renders} ${(user + system) * 1_000}`
}

/** `$util.escapeJavaScript`, for both engines alike. */
export function escapeJavaScript(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('"', '\\"')
}
