import type { DeployedHttpStage } from '../../snapshot/http-api.ts'

/** The stage that is served without a path segment of its own. */
export const defaultStage = '$default'

/** What a stage puts in front of the paths of its calls: `/dev`, and nothing for `$default`. */
export function stagePath({ stageName }: Pick<DeployedHttpStage, 'stageName'>): string {
  return stageName === defaultStage ? '' : `/${stageName}`
}
