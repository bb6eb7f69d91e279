import { badRequest } from '../refusal.ts'
import type { StageRecord } from './stage.ts'

const nameForm = /^[a-zA-Z0-9_-]{1,128}$/
const variableNameForm = /^\w+$/
const variableValueForm = /^[a-zA-Z0-9 ._~:/?#&=,-]*$/
/** Documented quotas. */
const maxVariables = 100
const maxVariableName = 64
const maxVariableValue = 512

/** @throws {ServiceError} `BadRequestException` for a name or a stage variable that the service does not take. */
export function checkStage({ stageName, variables = {} }: Pick<StageRecord, 'stageName' | 'variables'>): void {
  if (!nameForm.test(stageName)) throw badRequest('Stage name only allows a-zA-Z0-9_')
  if (Object.keys(variables).length > maxVariables) {
    throw badRequest(`A stage cannot have more than ${maxVariables} stage variables`)
  }
  for (const [name, value] of Object.entries(variables)) checkVariable(name, value)
}

function checkVariable(name: string, value: string): void {
  if (!variableNameForm.test(name) || name.length > maxVariableName) {
    throw badRequest(`Invalid stage variable name: ${name}. Please use names with only word characters.`)
  }
  if (!variableValueForm.test(value) || value.length > maxVariableValue) {
    throw badRequest(
      `Invalid stage variable value of key ${name}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
    )
  }
}
