import { withStageVariables } from '../mapping/stage-variables.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { authorityOf } from './authority.ts'
import type { BackendCredentials } from './backend-credentials.ts'

/** Compiles who invokes a method's function. */
export function integrationAuthority(
  { method, stage }: DeployedMethod,
  functionArn: string,
  access: BackendCredentials,
): ReturnType<typeof authorityOf> {
  const { credentials } = method.integration
  const named = credentials === undefined ? undefined : withStageVariables(credentials, stage.variables)
  return authorityOf({ functionArn, credentials: named, access })
}
