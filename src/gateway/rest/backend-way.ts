import { withStageVariables } from '../mapping/stage-variables.ts'
import type { Way } from '../network/way.ts'
import type { DeployedMethod } from './deployed-method.ts'

/** How the HTTP backend of a method is reached. */
export function backendWay({ stage, method }: DeployedMethod): Way {
  const { account, region, stageName, variables, clientCertificate } = stage
  const { connectionId, integrationTarget = '', insecureSkipVerification: insecure = false } = method.integration
  const tls = { insecure, ...(clientCertificate && { clientCertificate }) }
  if (connectionId === undefined) return { tls }
  return {
    tls,
    link: {
      account,
      region,
      vpcLinkId: withStageVariables(connectionId, variables),
      target: withStageVariables(integrationTarget, variables),
      // Documented: what goes through a V2 link keeps the stage in its path.
      pathPrefix: `/${stageName}`,
    },
  }
}
