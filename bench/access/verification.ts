import { hash } from 'node:crypto'
import { receivedHeaders } from '../../src/sigv4/received-headers.ts'
import { signatureVerifier } from '../../src/sigv4/verify.ts'
import type { LoadTarget } from '../load.ts'

const repetitions = 50_000

/**
 * Verifies the signature of a call again and again, in this process.
 * @returns Microseconds of processor time each: what a call costs more has to do with taking its body and with the loader.
 */
export function verificationMicros({ url, headers, body = '' }: LoadTarget, key: Parameters<typeof keyed>[0]): number {
  const verify = keyed(key)
  const raw = Object.entries({ ...headers, 'Content-Type': 'application/json' }).flat()
  const bytes = Buffer.from(body)
  const { pathname: path } = new URL(url)
  const once = () => {
    const request = { method: 'POST', path, query: '', headers: receivedHeaders(raw) }
    verify(request, 'us-east-1').check(hash('sha256', bytes, 'hex'))
  }
  for (let i = 0; i < repetitions; i++) once()
  const before = process.cpuUsage()
  for (let i = 0; i < repetitions; i++) once()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / repetitions
}

function keyed(key: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
  return signatureVerifier({ keyOf: () => key, service: 'execute-api', now: Date.now })
}
