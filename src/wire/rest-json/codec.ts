import type { Codec } from '../codec.ts'
import type { Contract } from '../contract.ts'
import { JsonInput } from '../json-input.ts'
import { JsonOutput } from '../json-output.ts'
import { styleOf } from '../service-style.ts'
import { decodeRequest } from './decode.ts'
import { encodeError, encodeResponse } from './encode.ts'
import { routeTable } from './routes.ts'

/** `restJson1`: method, path, query and headers as the model binds them, JSON bodies, timestamps as epoch seconds. */
export function restJson(contract: Contract): Codec {
  const input = new JsonInput(contract.structures)
  const output = new JsonOutput(contract.structures, 'epoch-seconds', styleOf(contract.service).emptyAsNull)
  return {
    match: routeTable(contract),
    decode: (match, request) => decodeRequest(contract, input, match, request),
    encode: ({ operation }, value) => encodeResponse(contract, output, operation, value),
    encodeError: (error) => encodeError(contract, output, error),
  }
}
