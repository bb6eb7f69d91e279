import type { DeployedStage, RestApiSnapshot } from '../../snapshot/rest-api.ts'
import type { Caller } from '../../wire/operation.ts'

/** What stands for the stage of a test. Documented: its name in ARNs and variables. */
export function testStage(
  { account, region }: Caller,
  variables: Readonly<Record<string, string>>,
  api: RestApiSnapshot,
): DeployedStage {
  return { account, region, stageName: 'test-invoke-stage', deploymentId: '', variables, api }
}
