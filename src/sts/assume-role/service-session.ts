import type { IamDependencies } from '../../iam/dependencies.ts'
import type { OpenRoleSession } from '../../identity/role-session.ts'
import { serviceSessionName, trustsService } from '../../identity/service-trust.ts'
import { compilePolicy } from '../../policy/policy.ts'
import { openSession } from '../session/open-session.ts'
import { assumedRole, findRole } from './role-session.ts'

/** Every role allows it. */
const seconds = 3_600

/** Opens the sessions in which API Gateway calls other services for its integrations. */
export function serviceSessions(dependencies: IamDependencies): OpenRoleSession {
  const { store, now } = dependencies
  return ({ roleArn, source }) =>
    store.write(async (transaction) => {
      const found = await findRole(transaction, roleArn)
      if (found?.account !== source.account) return undefined
      const { account, role } = found
      if (!trustsService(compilePolicy(role.trustPolicy, 'trust'), roleArn, source, now().getTime())) return undefined
      const { Arn: arn, AssumedRoleId: userId } = assumedRole(found, serviceSessionName)
      const opened = await openSession(transaction, dependencies, {
        account,
        principalId: role.id,
        seconds,
        session: { arn, userId, policies: [], tags: [], transitiveTagKeys: [] },
      })
      return {
        credentials: {
          accessKeyId: opened.AccessKeyId,
          secretAccessKey: opened.SecretAccessKey,
          sessionToken: opened.SessionToken,
        },
        expiresAt: opened.Expiration.getTime(),
      }
    })
}
