import { badRequest } from '../refusal.ts'
import type { CanaryRecord, StageRecord } from './stage.ts'

const nameForm = /^[a-zA-Z0-9_-]{1,128}$/
const variableNameForm = /^\w+$/
const variableValueForm = /^[a-zA-Z0-9 ._~:/?#&=,-]*$/
/** Documented quotas. */
const maxVariables = 100
const maxVariableName = 64
const maxVariableValue = 512

/** @throws {ServiceError} `BadRequestException` for a name, a stage variable or a canary that the service does not take. */
export function checkStage({
  stageName,
  variables = {},
  canarySettings = {},
}: Pick<StageRecord, 'stageName' | 'variables' | 'canarySettings'>): void {
  checkStageName(stageName)
  checkVariables(variables)
  checkCanary(canarySettings)
}

/** @throws {ServiceError} `BadRequestException` for a name that the service does not take. */
export function checkStageName(stageName: string): void {
  if (!nameForm.test(stageName)) throw badRequest('Stage name only allows a-zA-Z0-9_')
}

function checkCanary({ percentTraffic = 0, stageVariableOverrides = {} }: CanaryRecord): void {
  if (!(percentTraffic >= 0 && percentTraffic <= 100)) {
    throw badRequest(`Invalid percentTraffic: ${percentTraffic}. Must be between 0.0 and 100.0`)
  }
  checkVariables(stageVariableOverrides)
}

/** @throws {ServiceError} `BadRequestException` for stage variables that the service does not take. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
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
