import type { Architecture, Runtime } from '@aws-sdk/client-lambda'
import { invalidParameter } from '../error.ts'

/** Every runtime that runs here. */
export const runtimes: readonly string[] = [
  'nodejs26.x',
  'nodejs24.x',
  'nodejs22.x',
  'nodejs20.x',
  'nodejs18.x',
  'python3.15',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python3.9',
  'python3.8',
  'provided.al2023',
  'provided.al2',
] satisfies Runtime[]

const families = 'nodejs18.x to nodejs26.x, python3.8 to python3.15, provided.al2 and provided.al2023'

/** Names that Lambda knows, but that no process here can run. */
const elsewhere = /^(java|dotnet|ruby|go\d|nodejs|python|provided)/

/**
 * @throws {ServiceError} `InvalidParameterValueException` for a runtime that does not run here; a name that Lambda
 *   itself does not know gets Lambda's own text.
 */
export function checkRuntime(runtime: string): void {
  if (runtimes.includes(runtime)) return
  if (elsewhere.test(runtime)) {
    throw invalidParameter(
      `The runtime ${runtime} is not supported. Supported runtimes: ${families}. ` +
        'Any other language runs under provided.al2023 with a bootstrap executable.',
    )
  }
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: ` +
      `Member must satisfy enum value set: [${runtimes.join(', ')}] or be a valid ARN`,
  )
}

/**
 * Scripts run on any machine; a `bootstrap` executable needs the machine that it was built for.
 * @throws {ServiceError} `InvalidParameterValueException`
 */
export function checkArchitecture(runtime: string, architecture: Architecture, machine: Architecture): void {
  if (!runtime.startsWith('provided') || architecture === machine) return
  throw invalidParameter(
    `Architectures [${architecture}] with runtime ${runtime} cannot run on this machine: use [${machine}].`,
  )
}
