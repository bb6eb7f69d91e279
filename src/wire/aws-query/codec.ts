import type { Codec, Match, ParsedRequest, WireError } from '../codec.ts'
import type { Contract } from '../contract.ts'
import type { WireResponse } from '../message.ts'
import { ServiceError } from '../service-error.ts'
import { decodeInput } from './decode.ts'
import { encodeMembers } from './encode.ts'
import { hasForm, maxFormBytes, parametersOf } from './form.ts'
import { parameterTree } from './parameter-tree.ts'
import { element, escapeXml } from './xml.ts'

/** `awsQuery`: `Action`, `Version` and the input's members in a form or the query, XML answers, ISO 8601 timestamps. */
export function awsQuery(contract: Contract): Codec {
  return {
    match: (request) => matchAction(contract, request),
    decode(match, request) {
      if (hasForm(request) && request.body.length > maxFormBytes) {
        throw new ServiceError('RequestEntityTooLarge', 'The request is too large', { status: 413 })
      }
      return decodeInput(contract, match.operation.input ?? '', parameterTree(parametersOf(request)))
    },
    encode({ name, operation: { output } }, value, requestId) {
      const result = output === undefined ? '' : encodeMembers(contract, output, value ?? {})
      const content = output === undefined ? '' : element(`${name}Result`, result)
      return answer(200, contract, `${name}Response`, content + element('ResponseMetadata', idElement(requestId)))
    },
    encodeError: (error, requestId) => encodeError(contract, error, requestId),
  }
}

/** Other services may have actions of the same names: the API's version tells them apart. */
function matchAction({ operations, apiVersion }: Contract, request: ParsedRequest): Match | undefined {
  const parameters = parametersOf(request)
  const name = parameters.get('Action') ?? ''
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (!operation || parameters.get('Version') !== apiVersion || request.path !== '/') return undefined
  return { name, operation, labels: {} }
}

/** An exception's own members stand beside its code and message. */
function encodeError(
  contract: Contract,
  { code, status, message, members }: WireError,
  requestId: string,
): WireResponse {
  const structure = contract.structures[code]
  const { fault = status >= 500 ? 'server' : 'client', code: wireCode = code } = structure?.error ?? {}
  const error = [
    element('Type', fault === 'server' ? 'Receiver' : 'Sender'),
    element('Code', escapeXml(wireCode)),
    element('Message', escapeXml(message)),
    structure?.error ? encodeMembers(contract, code, members) : '',
  ]
  return answer(status, contract, 'ErrorResponse', element('Error', error.join('')) + idElement(requestId))
}

function idElement(requestId: string): string {
  return element('RequestId', escapeXml(requestId))
}

function answer(status: number, { xmlNamespace = '' }: Contract, name: string, content: string): WireResponse {
  const body = `<${name} xmlns="${escapeXml(xmlNamespace)}">${content}</${name}>\n`
  return { status, headers: { 'Content-Type': 'text/xml' }, body }
}
