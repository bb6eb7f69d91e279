import { compileBodySource } from '../../mapping/body-source.ts'
import type { MappedBody } from './mapped-body.ts'

/** Reads a body, or what a JSONPath finds in it; empty for nothing. */
export type BodyReader = (body: MappedBody) => string

/**
 * Compiles what follows `body.` in an expression; empty: the whole body.
 * @returns Undefined for what is no JSONPath.
 */
export function bodyReader(path: string): BodyReader | undefined {
  if (path === '') return (body) => body.text
  const source = compileBodySource(`body.${path}`, (cause) => new Unreadable('No JSON', { cause }))
  if (!source) return undefined
  return (body) => {
    try {
      return source(body.payload).join(',')
    } catch (error) {
      // What is no JSON has no parts.
      if (error instanceof Unreadable) return ''
      throw error
    }
  }
}

class Unreadable extends Error {}
