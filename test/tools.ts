import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'

/** The commands and libraries that examples and tests use, each with the Debian package that brings it and how to see that it works. */
const tools = [
  { name: 'aws', package: 'awscli', args: ['--version'] },
  { name: 'python3 with boto3', package: 'python3-boto3', args: ['-c', 'import boto3'] },
  { name: 'curl', package: 'curl', args: ['--version'] },
  { name: 'redis-server', package: 'redis-server', args: ['--version'] },
  { name: 'chromium', package: 'chromium', args: ['--version'] },
  { name: 'zip', package: 'zip', args: ['-v'] },
  { name: 'javac', package: 'default-jdk-headless', args: ['-version'] },
  {
    name: 'javap with JsonPath',
    package: 'libjsonpath-java',
    args: ['-cp', '/usr/share/java/json-path.jar', 'com.jayway.jsonpath.JsonPath'],
  },
  {
    name: 'javap with Velocity',
    package: 'velocity',
    args: ['-cp', '/usr/share/java/velocity.jar', 'org.apache.velocity.app.VelocityEngine'],
  },
  {
    name: 'javap with Commons Lang',
    package: 'libcommons-lang-java',
    args: ['-cp', '/usr/share/java/commons-lang.jar', 'org.apache.commons.lang.StringEscapeUtils'],
  },
]

/** Environment of the examples: this Node, Debian's own tools before any others, and no AWS settings of this machine's user. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), ...(existsSync('/usr/bin/aws') ? ['/usr/bin'] : []), process.env['PATH']]
  return {
    ...process.env,
    PATH: path.join(delimiter),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
  }
}

export function missingTools(): typeof tools {
  const env = toolEnvironment()
  return tools.filter(({ name, args }) => spawnSync(name.split(' ')[0] ?? name, args, { env }).status !== 0)
}

export interface Finished {
  /** Exit code, or the name of the signal that ended it. */
  readonly status: number | NodeJS.Signals
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end, at most one minute by default. */
export function run(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<Finished> {
  const { timeoutMs = 60_000, env = toolEnvironment(), ...rest } = options
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...rest, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ ...output, status: signal ?? code ?? 1 }))
  })
}
