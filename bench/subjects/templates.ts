import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { median } from '../measure.ts'
import type { Subject, Target } from '../subject.ts'

const folder = fileURLToPath(new URL('../templates/', import.meta.url))
const peers = fileURLToPath(new URL('../peers/', import.meta.url))
const data = [`${folder}orders.vtl`, `${folder}orders.json`]
const jars = ['velocity', 'commons-collections3', 'commons-lang', 'json-smart', 'accessors-smart', 'asm', 'slf4j-api']
const rounds = 11
const warmUpMs = 4_000
const roundMs = 500

/** Renders per second of a mapping template. */
export const templates: Subject = {
  name: 'templates',
  title: 'Mapping templates',
  method:
    'A template of 30 lines maps the result of a DynamoDB query with four items. Gatehouse, velocityjs and Apache Velocity, each in ' +
    `a process of its own, render it in turns, after a warm-up of ${warmUpMs / 1_000} s: medians of ${rounds} rounds of ${roundMs} ms. ` +
    'The template is compiled and the document is read before; processor time counts, of Velocity that of the rendering thread alone.',

  async run() {
    if (!existsSync(`${peers}node_modules/velocityjs`)) {
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'ignore' })
    }
    const classPath = jars.map((name) => `/usr/share/java/${name}.jar`).join(':')
    await using own = new Renderer('Gatehouse', process.execPath, [`${folder}gatehouse.ts`, ...data])
    await using script = new Renderer('velocityjs', process.execPath, [`${folder}velocityjs.ts`, ...data])
    await using java = new Renderer('Apache Velocity', 'java', [
      '-cp',
      classPath,
      `${folder}VelocityRenders.java`,
      ...data,
    ])
    const contenders = [own, script, java]
    await requireSameText(contenders)
    for (const contender of contenders) await contender.nanosPerRender(warmUpMs)
    const times = contenders.map((): number[] => [])
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, contender] of contenders.entries()) times[index]?.push(await contender.nanosPerRender(roundMs))
    }
    const [ownNanos = Number.NaN, scriptNanos = Number.NaN, javaNanos = Number.NaN] = times.map(median)
    const figure = ({ name }: Renderer, nanos: number) => ({
      name,
      value: `${Math.round(1e9 / nanos).toLocaleString('en-US')} renders/s, ${(nanos / 1_000).toFixed(1)} µs each`,
    })
    return {
      rows: [],
      figures: [figure(own, ownNanos), figure(script, scriptNanos), figure(java, javaNanos)],
      targets: [
        atLeast(20, 'velocityjs', scriptNanos / ownNanos),
        atLeast(1, 'Apache Velocity on a warm JVM', javaNanos / ownNanos),
      ],
    }
  },
}

function atLeast(factor: number, peer: string, ratio: number): Target {
  return {
    promise: `Gatehouse: at least ${factor} times the renders per second of ${peer}`,
    measured: `${ratio.toFixed(1)} times`,
    met: ratio >= factor,
  }
}

/** Who renders something else does not take part. */
async function requireSameText(contenders: readonly Renderer[]): Promise<void> {
  const texts = new Set(await Promise.all(contenders.map((contender) => contender.ask(''))))
  if (texts.size > 1) throw new Error(`The engines render different texts:\n${[...texts].join('\n')}`)
}

/** A process that renders for as long as it is told. */
class Renderer implements AsyncDisposable {
  readonly name: string
  readonly #process: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(name: string, file: string, args: readonly string[]) {
    this.name = name
    this.#process = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const { stdout } = this.#process
    if (!stdout) throw new Error(`${file} has no output`)
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  }

  async ask(line: string): Promise<string> {
    this.#process.stdin?.write(`${line}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`${this.name} has ended`)
    return value
  }

  async nanosPerRender(milliseconds: number): Promise<number> {
    const [renders, nanos] = (await this.ask(String(milliseconds))).split(' ').map(Number)
    return (nanos ?? Number.NaN) / (renders ?? Number.NaN)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.stdin?.end()
    await ended
  }
}
