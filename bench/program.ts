import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
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

export interface Answer {
  readonly status: number
  /** Names and values in turns, as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

const patienceMs = 60_000

/**
 * Starts a program and calls the target, on a new connection each time, until it answers. What the program writes to
 * standard output is dropped.
 *
 * @param accepted `any` takes every answer, `ok` only one with status 200.
 * @throws when the program ends, or has not answered so after a minute.
 */
export async function serve(command: Command, target: LoadTarget, accepted: 'ok' | 'any' = 'ok'): Promise<Server> {
  const { file, args, cwd, env, silent = false } = command
  const stdio = ['ignore', 'ignore', silent ? 'ignore' : 'inherit'] as const
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: [...stdio] })
  await once(child, 'spawn')
  if (child.pid === undefined) throw new Error(`${file} did not start`)
  const server = { ...target, pid: child.pid, [Symbol.asyncDispose]: () => end(child) }
  try {
    await untilAnswered(target, accepted, () => child.exitCode === null && child.signalCode === null)
  } catch (error) {
    await end(child)
    throw error
  }
  return server
}

/**
 * Calls the target until it answers 200.
 * @throws when it has not done so after a minute, with its last answer.
 */
export function answers(target: LoadTarget): Promise<Answer> {
  return untilAnswered(target, 'ok', () => true)
}

async function untilAnswered(target: LoadTarget, accepted: 'ok' | 'any', isAlive: () => boolean): Promise<Answer> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const last = await call(target).catch((error: Error) => error)
    if (!(last instanceof Error) && (accepted === 'any' || last.status === 200)) return last
    if (!isAlive()) throw new Error(`What should answer ${target.url} has ended`)
    if (performance.now() > deadline) throw new Error(`${target.url} does not answer as it should: ${describe(last)}`)
    await wait(2)
  }
}

/** Calls the target once, on a connection of its own. */
async function call({ url, headers, body: posted }: LoadTarget): Promise<Answer> {
  const typed = posted === undefined ? headers : { ...headers, 'Content-Type': 'application/json' }
  const method = posted === undefined ? 'GET' : 'POST'
  const request = httpRequest(url, { method, headers: typed, agent: false, timeout: 10_000 }).end(posted)
  request.on('timeout', () => request.destroy(new Error('no answer within 10 s')))
  const [response] = await once(request, 'response')
  const body = (await response.toArray()).join('')
  return { status: response.statusCode, rawHeaders: response.rawHeaders, body }
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(impatient)
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
