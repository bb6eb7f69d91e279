import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { LoadTarget } from './load.ts'

/** A program under test, running. Disposing ends it and waits until it has gone. */
export interface Program extends AsyncDisposable {
  readonly pid: number
}

/** A program under test that answers calls. */
export interface Server extends Program, LoadTarget {}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Drop what it writes to standard error, too. Default false. */
  readonly silent?: boolean
}

/** Starts a program. What it writes to standard output is dropped. */
export async function start({ file, args, cwd, env, silent = false }: Command): Promise<Program> {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', silent ? 'ignore' : 'inherit'],
  })
  await once(child, 'spawn')
  if (child.pid === undefined) throw new Error(`${file} did not start`)
  return { pid: child.pid, [Symbol.asyncDispose]: () => end(child) }
}

/** Starts a program that answers calls, and waits until it does. */
export async function serve(command: Command, target: LoadTarget): Promise<Server> {
  const program = await start(command)
  try {
    await answers(target)
  } catch (error) {
    await program[Symbol.asyncDispose]()
    throw error
  }
  return { ...program, ...target }
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(impatient)
}

/**
 * Calls the target, on a new connection each time, until it answers 200.
 * @throws when it has not done so after 30 s, with its last answer.
 */
export function answers(target: LoadTarget): Promise<Answer> {
  return untilAnswered(target, ({ status }) => status === 200)
}

/** Calls the target until it answers, whatever it answers: a port that is taken is not yet a port that is served. */
export function responds(target: LoadTarget): Promise<Answer> {
  return untilAnswered(target, () => true)
}

const patienceMs = 30_000

async function untilAnswered(target: LoadTarget, accepted: (answer: Answer) => boolean): Promise<Answer> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const last = await call(target).catch((error: Error) => error)
    if (!(last instanceof Error) && accepted(last)) return last
    if (performance.now() > deadline) throw new Error(`${target.url} does not answer as it should: ${describe(last)}`)
    await wait(2)
  }
}

export interface Answer {
  readonly status: number
  /** Names and values in turns, as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** Calls the target once, on a connection of its own. */
async function call({ url, headers }: LoadTarget): Promise<Answer> {
  const request = get(url, { headers, agent: false, timeout: 10_000 })
  request.on('timeout', () => request.destroy(new Error('no answer within 10 s')))
  const [response] = await once(request, 'response')
  const body = (await response.toArray()).join('')
  return { status: response.statusCode, rawHeaders: response.rawHeaders, body }
}

/** A port of the loopback interface that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

function describe(last: Answer | Error): string {
  return last instanceof Error ? last.message : `${last.status} ${last.body}`
}
