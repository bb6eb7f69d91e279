import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { toolEnvironment } from './tools.ts'

/** A Java program that answers each line that it reads with one line, as long as the tests run. */
export interface JavaOracle {
  /** @throws when the program has ended: its message says why. */
  ask(line: string): Promise<string>
  stop(): Promise<void>
}

/** The class path of Debian's libraries. @param names Such as `json-path`. */
export function debianJars(...names: string[]): string {
  return names.map((name) => `/usr/share/java/${name}.jar`).join(':')
}

/** Starts a program of one source file. @param source Path of the file. */
export function startJava(source: string, classPath: string): JavaOracle {
  const java = spawn('java', ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classPath, source], {
    env: toolEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = []
  let errors = ''
  let ended = false
  java.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  createInterface({ input: java.stdout }).on('line', (line) => waiting.shift()?.resolve(line))
  java.on('close', () => {
    ended = true
    for (const { reject } of waiting) reject(new Error(`Java ended: ${errors}`))
  })
  java.stdin.on('error', () => undefined) // What is written to a program that has ended; `ask` tells so.
  return {
    ask(line) {
      if (ended) return Promise.reject(new Error(`Java ended: ${errors}`))
      const answer = new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }))
      java.stdin.write(`${line}\n`)
      return answer
    },
    async stop() {
      java.stdin.end()
      if (!ended) await once(java, 'close')
    },
  }
}
