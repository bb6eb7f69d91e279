import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const jars = ['velocity', 'commons-collections3', 'commons-lang'].map((name) => `/usr/share/java/${name}.jar`)

/** What Apache Velocity made of a template. */
export type Verdict = { readonly text: string } | { readonly error: string }

/** Apache Velocity 1.7, in a Java process that stays until it is disposed of. */
export class VelocityOracle implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #waiting: ((verdict: Verdict) => void)[] = []

  constructor() {
    const source = fileURLToPath(new URL('VelocityOracle.java', import.meta.url))
    const options = ['-Xshare:auto', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xss4m']
    this.#process = spawn('java', [...options, '-cp', jars.join(':'), source], { stdio: ['pipe', 'pipe', 'inherit'] })
    const { stdout } = this.#process
    if (!stdout) throw new TypeError('The process has no output')
    createInterface({ input: stdout }).on('line', (line) => this.#waiting.shift()?.(verdictOf(line)))
  }

  /** Renders a template with the variables of fixture.ts. Answers come in the order of the questions. */
  render(template: string): Promise<Verdict> {
    const { promise, resolve } = Promise.withResolvers<Verdict>()
    this.#waiting.push(resolve)
    this.#process.stdin?.write(`${Buffer.from(template).toString('base64')}\n`)
    return promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.stdin?.end()
    await ended
  }
}

function verdictOf(line: string): Verdict {
  const [kind, encoded = ''] = line.split('\t')
  const text = Buffer.from(encoded, 'base64').toString()
  return kind === 'OK' ? { text } : { error: text }
}
