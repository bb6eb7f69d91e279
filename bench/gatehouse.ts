import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadTarget } from './load.ts'
import { type Command, freePort, type Program, serve } from './program.ts'

/** How to start Gatehouse on a data folder of the benchmark's own. */
export interface Settings {
  readonly port: number
  /** Absent: as many as Gatehouse starts by itself. */
  readonly workers?: number
  readonly dataFolder: string
  /** The configuration file. */
  readonly config?: string
  /** URL of the Redis that it shares with other nodes. Absent: it is alone. */
  readonly redis?: string
}

/** Gatehouse, running; `port` takes clients and callers alike. */
export interface Gatehouse extends Program {
  readonly port: number
}

/** Where a deployed method answers: by `Host`, as callers in production do. */
export function invokeTarget(port: number, apiId: string, path: string): LoadTarget {
  return { url: `http://127.0.0.1:${port}/${stageName}${path}`, headers: { Host: `${apiId}.execute-api.localhost` } }
}

/** Where the control plane answers. */
export function controlPlane(port: number): LoadTarget {
  return { url: `http://127.0.0.1:${port}/`, headers: {} }
}

/** The stage that every API of the benchmark is deployed to. */
export const stageName = 'dev'

const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const build = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Whether `npm run build` has been run. */
export const isBuilt = existsSync(build)

/** The command that starts Gatehouse from its sources. */
export function fromSource(settings: Settings): Command {
  return command(source, settings)
}

/** The command that starts Gatehouse as the package does: from what `npm run build` made. */
export function fromBuild(settings: Settings): Command {
  return command(build, settings)
}

/** Starts Gatehouse from its sources with an empty store, and waits until it listens. */
export async function startGatehouse(given: Pick<Settings, 'workers' | 'config' | 'redis'> = {}): Promise<Gatehouse> {
  const port = await freePort()
  const command = fromSource({ ...given, port, dataFolder: await emptyDataFolder() })
  return { ...(await serve(command, controlPlane(port), 'any')), port }
}

/** A new folder for Gatehouse's data. */
export function emptyDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gatehouse-bench-data-'))
}

function command(file: string, { dataFolder, ...settings }: Settings): Command {
  const flags = { ...settings, 'data-dir': dataFolder, 'log-level': 'warn' }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  // The program would keep its compiled code in the user's own cache.
  const env = { NODE_COMPILE_CACHE: `${dataFolder}-compiled` }
  return { file: process.execPath, args: [file, 'start', ...args], env }
}
