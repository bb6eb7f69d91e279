import { type Position, TemplateSyntaxError } from '../error.ts'
import type { Block } from './ast.ts'
import type { Declarations } from './declarations.ts'
import { Source } from './source.ts'
import { StatementParser } from './statement-parser.ts'

/** A run of backslashes longer than this is refused: reading it takes time that grows with its square. */
const maxBackslashes = 1_000

/**
 * Parses a template.
 *
 * @param declarations What is defined already.
 * @param start Where it begins within a larger template.
 * @throws {TemplateSyntaxError}
 */
export function parseTemplate(text: string, declarations: Declarations, start?: Position): Block {
  const source = new Source(text, start)
  const run = text.indexOf('\\'.repeat(maxBackslashes))
  if (run >= 0) throw new TemplateSyntaxError(`${maxBackslashes} backslashes in a row`, source.position(run))
  return new StatementParser(source, declarations).template()
}
