import type { RoleSource } from '../../../identity/service-trust.ts'
import type { SignedCaller } from '../../../identity/signed-caller.ts'
import type { SigningCredentials } from '../../../sigv4/signer.ts'
import type { AwsTarget } from '../../../snapshot/aws-target.ts'
import { areCallers } from '../../../snapshot/caller-credentials.ts'
import { nobodyCalled, roleRefused } from '../../credentials/authority.ts'
import { configurationError, type GatewayError } from '../../error.ts'
import type { AwsServiceOutside } from './aws-service.ts'
import { credentialsOf } from './role-credentials.ts'
import { isConfigured } from './service-endpoint.ts'
import { type ServiceSigner, serviceSigner } from './sign-service-request.ts'

/**
 * Compiles who signs an integration's requests.
 *
 * The access keys that the configuration gives to roles are for any service. Those of this gateway's own users and sessions are
 * unknown to AWS: only the configuration's endpoints get to see them.
 *
 * @param credentials A role, or `arn:aws:iam::*:user/*`.
 * @returns Takes who is called for, and who signed the call.
 * @throws {GatewayError} from what it returns, when there are no such credentials.
 */
export function serviceSigners(
  credentials: string,
  target: Pick<AwsTarget, 'partition' | 'region' | 'service'>,
  { services, credentials: access, now }: Pick<AwsServiceOutside, 'services' | 'credentials' | 'now'>,
): (source: RoleSource, signer: SignedCaller | undefined) => ServiceSigner | Promise<ServiceSigner> {
  const configured = credentialsOf(credentials, services.roles)
  if (configured) {
    const sign = serviceSigner(configured, now)
    return () => sign
  }
  const reachesOurs = isConfigured(target, services.endpoints)
  const signers = new WeakMap<SigningCredentials, ServiceSigner>()
  const signerOf = (own: SigningCredentials) => {
    const sign = signers.get(own) ?? serviceSigner(own, now)
    signers.set(own, sign)
    return sign
  }

  if (areCallers(credentials)) {
    return (_, signer) => {
      if (!signer) throw nobodyCalled()
      if (!reachesOurs) throw unknownThere(signer.arn)
      const own = access.keyOf(signer)
      if (!own) throw nobodyCalled()
      return signerOf(own)
    }
  }
  return async (source) => {
    if (!reachesOurs) throw roleRefused(credentials, noKey)
    const own = await access.openSession(credentials, source)
    if (!own) throw roleRefused(credentials, untrusted)
    return signerOf(own)
  }
}

const noKey =
  ': no entry of `roles` in the configuration gives it credentials, and none of `serviceEndpoints` leads to a service that could know its sessions'
const untrusted = ': IAM has no such role, or it does not trust apigateway.amazonaws.com'

function unknownThere(caller: string): GatewayError {
  return configurationError(
    `Execution failed due to configuration error: AWS does not know ${caller}, and no entry of \`serviceEndpoints\` leads to a service that could`,
  )
}
