import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadTarget } from './load.ts'
import { type Command, freePort, type Program, start } from './program.ts'

/** How to start Gatehouse on a data folder of the benchmark's own. */
export interface Settings {
  readonly port: number
  readonly workers: number
  readonly dataFolder: string
}

/** Gatehouse, running; `port` takes clients and callers alike. */
export interface Gatehouse extends Program {
  readonly port: number
}

/** Where a deployed method answers: by `Host`, as callers in production do. */
export function invokeTarget(port: number, apiId: string, path: string): LoadTarget {
  return { url: `http://127.0.0.1:${port}/${stageName}${path}`, headers: { Host: `${apiId}.execute-api.localhost` } }
}

/** The stage that every API of the benchmark is deployed to. */
export const stageName = 'dev'

/** The command that starts Gatehouse from its sources. */
export function fromSource(settings: Settings): Command {
  return command('../bin/gatehouse.js', settings)
}

/** Starts Gatehouse from its sources with an empty store. Clients that call it before it listens try again. */
export async function startGatehouse(workers: number): Promise<Gatehouse> {
  const settings = { port: await freePort(), workers, dataFolder: await emptyDataFolder() }
  return { ...(await start(fromSource(settings))), port: settings.port }
}

/** A new folder for Gatehouse's data. */
export function emptyDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gatehouse-bench-data-'))
}

function command(program: string, { port, workers, dataFolder }: Settings): Command {
  const flags = { port, workers, 'data-dir': dataFolder, 'log-level': 'warn' }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  return { file: process.execPath, args: [fileURLToPath(new URL(program, import.meta.url)), 'start', ...args] }
}
