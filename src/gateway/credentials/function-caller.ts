import type { SignedCaller } from '../../identity/signed-caller.ts'
import type { FunctionCaller } from '../../lambda/invoker.ts'
import { ownVerdict } from '../../policy/authorize.ts'

/** Asks somebody's own policies whether they may invoke a function. */
export function functionCaller(
  { principal, policies, context }: SignedCaller,
  resource: string,
  nowMs: number,
): FunctionCaller {
  const request = {
    principal,
    action: 'lambda:InvokeFunction',
    resource,
    context: (key: string) => {
      switch (key) {
        case 'aws:currenttime':
          return new Date(nowMs).toISOString()
        case 'aws:epochtime':
          return String(Math.floor(nowMs / 1000))
        case 'aws:securetransport':
          return 'true'
        case 'aws:requestedregion':
          return resource.split(':')[3]
        default:
          return context(key)
      }
    },
  }
  return { principal, own: ownVerdict(request, policies) }
}
