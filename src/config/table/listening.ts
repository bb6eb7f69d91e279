import { ipRangeList } from '../ip-range.ts'
import { integer, networkHost, toggle } from '../kind.ts'
import { setting, withoutDefault } from '../setting.ts'

/** Where the gateway listens, and to whom. */
export const listening = {
  host: setting({
    flag: '--host',
    env: 'GATEHOUSE_HOST',
    kind: networkHost,
    default: () => '127.0.0.1',
    description: 'Address to listen on',
    example: '127.0.0.1',
  }),
  port: setting({
    flag: '--port',
    env: 'GATEHOUSE_PORT',
    kind: integer({ min: 0, max: 65_535 }),
    default: () => 4566,
    description: 'Port for AWS clients and for API calls; 0 takes any free one',
    example: 4566,
  }),
  apiPort: setting({
    flag: '--api-port',
    env: 'GATEHOUSE_API_PORT',
    kind: withoutDefault(integer({ min: 0, max: 65_535 })),
    default: () => undefined,
    defaultText: 'none',
    description: 'Second port, which serves API calls only and never the control plane; 0 takes any free one',
    example: 8080,
  }),
  insecureListen: setting({
    flag: '--insecure-listen',
    env: 'GATEHOUSE_INSECURE_LISTEN',
    kind: toggle,
    default: () => false,
    description:
      'Allow a host that other machines can reach with `iam` off, although every caller may then change every API and function',
    example: true,
  }),
  trustedProxies: setting({
    flag: '--trusted-proxies',
    env: 'GATEHOUSE_TRUSTED_PROXIES',
    kind: ipRangeList,
    default: () => [],
    defaultText: 'none',
    description:
      'Addresses of proxies in front of the gateway: who they say in `X-Forwarded-For` that they call for is the caller, by whom `aws:SourceIp` decides',
    example: ['10.0.0.0/8', '2001:db8::5'],
  }),
} as const
