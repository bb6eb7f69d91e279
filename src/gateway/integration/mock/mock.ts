import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import type { Handler } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Backend } from '../backend.ts'
import { custom } from '../custom/custom.ts'
import { constantMock } from './constant-mock.ts'
import { statusCodeOf } from './status-code.ts'

/** `MOCK`: the request template's `statusCode` chooses the integration response, whose template makes the reply. */
export function mock(deployed: DeployedMethod, ids: Ids): Handler {
  const general = custom(deployed, mockBackend, ids)
  return constantMock(deployed, general) ?? general
}

const noBody = Buffer.alloc(0)

const mockBackend: Backend = ({ body }) => {
  const status = statusCodeOf(body.toString())
  if (status === undefined) throw noStatus()
  return { status, selectionText: String(status), headers: [], body: noBody }
}

/** What the request template rendered names no status. */
function noStatus() {
  return configurationError('Execution failed due to configuration error: Unable to parse statusCode.')
}
