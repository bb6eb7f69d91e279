import { readNumber } from '../../document/read-number.ts'
import { flagAt, isObject, type JsonObject, textOf, textsAt } from '../../json.ts'
import type { HttpApiSettings } from '../definition.ts'
import type { ReadContext } from './context.ts'

type Cors = NonNullable<HttpApiSettings['CorsConfiguration']>

const extension = 'x-amazon-apigateway-cors'
const lists = {
  allowOrigins: 'AllowOrigins',
  allowMethods: 'AllowMethods',
  allowHeaders: 'AllowHeaders',
  exposeHeaders: 'ExposeHeaders',
} as const

/** Reads `x-amazon-apigateway-cors`: what web pages of other origins may do. */
export function readCors({ root, findings }: ReadContext): Cors | undefined {
  const source = root[extension]
  if (source === undefined) return undefined
  if (!isObject(source)) {
    findings.warnings.push(`Parse issue: attribute ${extension} is not of type \`object\``)
    return undefined
  }
  for (const member of Object.keys(source)) {
    if (!(member in lists) && member !== 'allowCredentials' && member !== 'maxAge') {
      findings.warnings.push(`Unsupported member '${member}' of ${extension}. Ignoring.`)
    }
  }
  const maxAge = readNumber(source['maxAge'], `maxAge of ${extension}`, findings)
  return {
    ...readLists(source),
    ...('allowCredentials' in source && { AllowCredentials: flagAt(source, 'allowCredentials') }),
    ...(maxAge !== undefined && { MaxAge: maxAge }),
  }
}

/** A single text stands for a list of one. */
function readLists(source: JsonObject): Cors {
  const read: { [M in (typeof lists)[keyof typeof lists]]?: string[] } = {}
  for (const [member, name] of Object.entries(lists)) {
    const single = textOf(source[member])
    if (member in source) read[name] = single === undefined ? textsAt(source, member) : [single]
  }
  return read
}
