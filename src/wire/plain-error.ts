import { escapeXml } from './aws-query/xml.ts'
import type { WireError } from './codec.ts'
import type { Protocol } from './contract.ts'
import type { WireResponse } from './message.ts'

/** Writes an error without any service's model, in a form that the clients of the protocol read. */
export function plainError(protocol: Protocol, { code, status, message }: WireError): WireResponse {
  if (protocol !== 'awsQuery') {
    const headers = { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code }
    return { status, headers, body: JSON.stringify({ __type: code, message }) }
  }
  const error = `<Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`
  return {
    status,
    headers: { 'Content-Type': 'text/xml', 'x-amzn-ErrorType': code },
    body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>`,
  }
}
