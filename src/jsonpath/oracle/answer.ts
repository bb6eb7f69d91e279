import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'
import { writeJson } from '../../json/write.ts'
import { compilePath, type JsonPath } from '../json-path.ts'

/** What our engine answers to a path and a document, in the form of PathOracle.java. */
export function ownAnswer(text: string, document: string): string {
  let path: JsonPath
  try {
    path = compilePath(text)
  } catch {
    return 'invalid'
  }
  try {
    return foundAnswer(path.definite, path.read(parseJson(document)))
  } catch {
    return 'error'
  }
}

function foundAnswer(definite: boolean, found: JsonValue | undefined): string {
  if (found === undefined) return 'missing'
  return `${definite ? 'definite' : 'indefinite'}\t${writeJson(found)}`
}

/**
 * An answer in one spelling of JSON. Jayway throws where the definite part of a path is not there, even if the whole path
 * can stand for several values; here, such a path has an empty list.
 *
 * @param text The path.
 */
export function plainAnswer(answer: string, text: string): string {
  const [kind = '', found] = answer.split('\t')
  if (found !== undefined) return `${kind}\t${writeJson(parseJson(found))}`
  return kind === 'missing' && !compilePath(text).definite ? 'indefinite\t[]' : kind
}
