import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort, type Server, serve } from './program.ts'

const folder = fileURLToPath(new URL('./peers/', import.meta.url))

/** No usage reports, no questions, no notices: the peer talks to nobody but us. The credentials are made up. */
const quiet = {
  CI: '1',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_TRACKING_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'us-east-1',
}

/** serverless-offline with the function of `peers/handler.mjs` at `/hello`. */
export async function startServerlessOffline(): Promise<Server> {
  installServerlessOffline()
  const [port, lambdaPort] = [await freePort(), await freePort()]
  const flags = ['--host', '127.0.0.1', '--httpPort', port, '--lambdaPort', lambdaPort, '--noPrependStageInUrl']
  const command = {
    file: process.execPath,
    args: ['node_modules/serverless/bin/serverless.js', 'offline', 'start', ...flags.map(String)],
    cwd: folder,
    env: quiet,
    silent: true, // It writes four lines for every call, which would only slow it down.
  }
  return serve(command, { url: `http://127.0.0.1:${port}/hello`, headers: {} })
}

/** Installs the peer, from its lockfile and without its scripts, when it is missing. */
export function installServerlessOffline() {
  if (existsSync(`${folder}node_modules/serverless-offline`)) return
  process.stderr.write('installing serverless-offline into bench/peers …\n')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' })
}
