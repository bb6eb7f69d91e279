import type { Architecture } from '@aws-sdk/client-lambda'
import { failedConstraint, invalidParameter } from '../error.ts'
import type { LambdaInput } from '../operations.ts'
import { checkEnvironment } from './environment.ts'
import type { FunctionLayer, FunctionSettings } from './function.ts'
import { checkArchitecture, checkRuntime } from './runtime.ts'

/** Limits of settings that the service's model leaves open or wider (documented). */
const maxTimeoutSeconds = 900
const maxMemoryMegabytes = 10_240

const roleForm = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/
const rolePattern = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+'

/** Settings as a request gives them, its layers resolved. */
export interface GivenSettings extends Omit<LambdaInput<'UpdateFunctionConfiguration'>, 'FunctionName' | 'Layers'> {
  readonly layers?: readonly FunctionLayer[]
  readonly architecture?: Architecture
}

/**
 * The settings of a new function, with Lambda's defaults: 3 seconds, 128 MB, x86_64.
 * @throws {ServiceError} as {@link changeSettings} does, and `InvalidParameterValueException` without runtime or handler.
 */
export function newSettings(given: GivenSettings & { readonly Role: string }, machine: Architecture): FunctionSettings {
  const { Runtime: runtime, Handler: handler } = given
  if (runtime === undefined || handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  const defaults: FunctionSettings = {
    description: '',
    runtime,
    handler,
    role: given.Role,
    architecture: 'x86_64',
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    layers: [],
  }
  return changeSettings(defaults, given, machine)
}

/**
 * Settings with what a request gives put over them; what it leaves out stays.
 * @param machine What `provided` runtimes run on.
 * @throws {ServiceError} `ValidationException` or `InvalidParameterValueException` for a value that is not allowed.
 */
export function changeSettings(
  current: FunctionSettings,
  given: GivenSettings,
  machine: Architecture,
): FunctionSettings {
  const environment = given.Environment === undefined ? current.environment : given.Environment.Variables
  const settings: FunctionSettings = {
    description: given.Description ?? current.description,
    runtime: given.Runtime ?? current.runtime,
    handler: given.Handler ?? current.handler,
    role: given.Role ?? current.role,
    architecture: given.architecture ?? current.architecture,
    timeoutSeconds: given.Timeout ?? current.timeoutSeconds,
    memoryMegabytes: given.MemorySize ?? current.memoryMegabytes,
    layers: given.layers ?? current.layers,
    ...(environment && { environment }),
  }
  checkSettings(settings, machine)
  return settings
}

function checkSettings(settings: FunctionSettings, machine: Architecture): void {
  checkMost('timeout', settings.timeoutSeconds, maxTimeoutSeconds)
  checkMost('memorySize', settings.memoryMegabytes, maxMemoryMegabytes)
  if (!roleForm.test(settings.role)) {
    throw failedConstraint('role', settings.role, `Member must satisfy regular expression pattern: ${rolePattern}`)
  }
  checkRuntime(settings.runtime)
  checkArchitecture(settings.runtime, settings.architecture, machine)
  checkEnvironment(settings.environment ?? {})
}

function checkMost(member: string, value: number, most: number): void {
  if (value > most) throw failedConstraint(member, value, `Member must have value less than or equal to ${most}`)
}
