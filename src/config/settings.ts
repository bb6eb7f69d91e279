import { availableParallelism, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { certificateFile } from './certificate-file.ts'
import { ipRangeList } from './ip-range.ts'
import { folderPath, integer, type Kind, networkHost, oneOf, toggle } from './kind.ts'
import { region } from './network.ts'
import { redisUrl } from './redis-url.ts'
import { remoteFunctionList } from './remote-function.ts'
import { roleList } from './role.ts'
import { accessKeyId, secretAccessKey } from './root-key.ts'
import { accountId, rootKeyList } from './root-key-list.ts'
import { serviceEndpointList } from './service-endpoint.ts'
import { userPoolList } from './user-pool.ts'
import { vpcEndpointList } from './vpc-endpoint.ts'
import { vpcLinkTargetList } from './vpc-link-target.ts'

/** One row of the table of settings. */
export interface Setting<T> {
  /** Such as `--data-dir`; without it the setting has no flag. */
  readonly flag?: string
  /** Environment variable; an empty one counts as unset. */
  readonly env?: string
  readonly kind: Kind<T>
  /** Given the current folder. */
  readonly default: (folder: string) => T
  /** The default in words, where its value depends on the machine or says too little. */
  readonly defaultText?: string
  readonly unit?: string
  /** One sentence without its full stop. */
  readonly description: string
  /** JSON value for the configuration file. */
  readonly example: unknown
}

const maxWorkers = 64
const maxAccountRate = 1_000_000
const maxNodes = 1_000

/** Every setting, by its name, which is also its key in the configuration file. */
export const settings = {
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
    kind: optional(integer({ min: 0, max: 65_535 })),
    default: () => undefined,
    defaultText: 'none',
    description: 'Second port, which serves API calls only and never the control plane; 0 takes any free one',
    example: 8080,
  }),
  dataDir: setting({
    flag: '--data-dir',
    env: 'GATEHOUSE_DATA_DIR',
    kind: folderPath,
    default: (folder) => resolve(folder, '.gatehouse'),
    defaultText: '.gatehouse in the current folder',
    description:
      'Folder of everything that is stored; in the configuration file, a relative path begins at the folder of that file',
    example: '/var/lib/gatehouse',
  }),
  region: setting({
    flag: '--region',
    env: 'GATEHOUSE_REGION',
    kind: region,
    default: () => 'us-east-1',
    description: 'AWS region of requests that name none',
    example: 'eu-central-1',
  }),
  account: setting({
    flag: '--account',
    env: 'GATEHOUSE_ACCOUNT',
    kind: accountId,
    default: () => '123456789012',
    description: 'AWS account that owns all resources',
    example: '123456789012',
  }),
  rootAccessKeyId: setting({
    flag: '--root-access-key-id',
    env: 'GATEHOUSE_ROOT_ACCESS_KEY_ID',
    kind: optional(accessKeyId),
    default: () => undefined,
    defaultText: 'none',
    description: 'Access key id of the account’s root, who may do everything; `rootSecretAccessKey` goes with it',
    example: 'AKIAGATEHOUSEROOT234',
  }),
  rootSecretAccessKey: setting({
    env: 'GATEHOUSE_ROOT_SECRET_ACCESS_KEY',
    kind: optional(secretAccessKey),
    default: () => undefined,
    defaultText: 'none',
    description: 'Secret of `rootAccessKeyId`; it has no flag, for other users of a machine can read its command lines',
    example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }),
  rootKeys: setting({
    kind: rootKeyList,
    default: () => [],
    defaultText: 'none',
    description:
      'Access keys of the roots of further accounts, beside `rootAccessKeyId`: with one of them, an account has its own users and APIs',
    example: [
      {
        account: '210987654321',
        accessKeyIdEnv: 'PARTNER_ROOT_ACCESS_KEY_ID',
        secretAccessKeyEnv: 'PARTNER_ROOT_SECRET_ACCESS_KEY',
      },
    ],
  }),
  workers: setting({
    flag: '--workers',
    env: 'GATEHOUSE_WORKERS',
    kind: integer({ min: 1, max: maxWorkers }),
    default: () => Math.min(Math.ceil(availableParallelism() / 2), maxWorkers),
    defaultText: 'one per two processor cores',
    unit: 'threads',
    description: 'Threads that answer API calls; the other cores are for functions and the control plane',
    example: 4,
  }),
  logLevel: setting({
    flag: '--log-level',
    env: 'GATEHOUSE_LOG_LEVEL',
    kind: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: () => 'info',
    description: 'Least severe messages to log',
    example: 'warn',
  }),
  maxEnvironments: setting({
    flag: '--max-environments',
    env: 'GATEHOUSE_MAX_ENVIRONMENTS',
    kind: integer({ min: 1, max: 1_000 }),
    default: () => 50,
    unit: 'processes',
    description: 'Function environments (processes) at once',
    example: 200,
  }),
  environmentIdleSeconds: setting({
    flag: '--environment-idle-seconds',
    env: 'GATEHOUSE_ENVIRONMENT_IDLE_SECONDS',
    kind: integer({ min: 1, max: 86_400 }),
    default: () => 300,
    unit: 'seconds',
    description: 'A function environment without calls for so long is ended',
    example: 60,
  }),
  maxIntegrationTimeoutMs: setting({
    flag: '--max-integration-timeout-ms',
    env: 'GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS',
    kind: integer({ min: 50, max: 900_000 }),
    default: () => 29_000,
    unit: 'milliseconds',
    description: 'Longest timeout that an integration may have',
    example: 60_000,
  }),
  drainSeconds: setting({
    flag: '--drain-seconds',
    env: 'GATEHOUSE_DRAIN_SECONDS',
    kind: integer({ min: 0, max: 3_600 }),
    default: () => 30,
    unit: 'seconds',
    description: 'How long a stop waits for calls in flight',
    example: 10,
  }),
  functionLogMegabytes: setting({
    flag: '--function-log-megabytes',
    env: 'GATEHOUSE_FUNCTION_LOG_MEGABYTES',
    kind: integer({ min: 1, max: 1_024 }),
    default: () => 10,
    unit: 'megabytes',
    description: 'Log kept for each function',
    example: 50,
  }),
  accountRateLimit: setting({
    flag: '--account-rate-limit',
    env: 'GATEHOUSE_ACCOUNT_RATE_LIMIT',
    kind: optional(integer({ min: 0, max: maxAccountRate })),
    default: () => undefined,
    defaultText: 'none',
    unit: 'calls per second',
    description:
      'What each account may call in each region in the long run, over all its APIs, as on AWS (10000 there); `accountBurstLimit` goes with it',
    example: 10_000,
  }),
  accountBurstLimit: setting({
    flag: '--account-burst-limit',
    env: 'GATEHOUSE_ACCOUNT_BURST_LIMIT',
    kind: optional(integer({ min: 0, max: maxAccountRate })),
    default: () => undefined,
    defaultText: 'none',
    unit: 'calls',
    description: 'What each account may call in each region at once (5000 on AWS); `accountRateLimit` goes with it',
    example: 5_000,
  }),
  rateLimitHeaders: setting({
    flag: '--rate-limit-headers',
    env: 'GATEHOUSE_RATE_LIMIT_HEADERS',
    kind: toggle,
    default: () => false,
    description:
      'Tell callers of their limits: `RateLimit` and `RateLimit-Policy` (IETF draft) with every answer under a limit, `Retry-After` with status 429; AWS sends none of them',
    example: true,
  }),
  redis: setting({
    flag: '--redis',
    env: 'GATEHOUSE_REDIS',
    kind: optional(redisUrl),
    default: () => undefined,
    defaultText: 'none',
    description:
      'Redis or Valkey through which several gateways share their limits, quotas and cached responses; a password is better given by the variable, for other users of a machine can read its command lines',
    example: 'rediss://gatehouse:secret@redis.example.com:6379/0',
  }),
  nodes: setting({
    flag: '--nodes',
    env: 'GATEHOUSE_NODES',
    kind: optional(integer({ min: 1, max: maxNodes })),
    default: () => undefined,
    defaultText: 'as many as there were',
    unit: 'gateways',
    description:
      'How many gateways share the Redis, at most: one that cannot reach it serves no more than that part of every limit, also if it knows of fewer',
    example: 3,
  }),
  maxCacheMegabytes: setting({
    flag: '--max-cache-megabytes',
    env: 'GATEHOUSE_MAX_CACHE_MEGABYTES',
    kind: integer({ min: 1, max: 262_144 }),
    default: () => defaultCacheMegabytes(),
    defaultText: 'a quarter of the memory',
    unit: 'megabytes',
    description:
      'Memory that the cached responses of all stages may take; what a stage’s own cache size says holds within it',
    example: 2_048,
  }),
  iam: setting({
    flag: '--iam',
    env: 'GATEHOUSE_IAM',
    kind: oneOf(['off', 'enforce']),
    default: () => 'off',
    description:
      'Whether management calls need a signature and a policy that allows them; `off` takes any access key, which is for this machine alone',
    example: 'enforce',
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
  remoteFunctions: setting({
    kind: remoteFunctionList,
    default: () => [],
    defaultText: 'none',
    description:
      'Functions that live behind an endpoint which speaks Lambda’s Invoke; the first entry whose `arn` matches is used',
    example: [
      {
        arn: 'arn:aws:lambda:us-east-1:123456789012:function:legacy-*',
        endpoint: 'https://lambda.us-east-1.amazonaws.com',
        region: 'us-east-1',
        accessKeyIdEnv: 'LEGACY_ACCESS_KEY_ID',
        secretAccessKeyEnv: 'LEGACY_SECRET_ACCESS_KEY',
        sessionTokenEnv: 'LEGACY_SESSION_TOKEN',
      },
    ],
  }),
  serviceEndpoints: setting({
    kind: serviceEndpointList,
    default: () => [],
    defaultText: 'none',
    description:
      'Where integrations with AWS services send their requests; a service without an entry is called at its public endpoint',
    example: [
      { service: 'dynamodb', url: 'http://127.0.0.1:8000' },
      { service: 's3', region: 'eu-central-1', url: 'https://minio.example.com' },
    ],
  }),
  roles: setting({
    kind: roleList,
    default: () => [],
    defaultText: 'none',
    description:
      'Access keys that integrations with AWS services sign with, by the role in their `credentials`; the first entry whose `arn` matches is used',
    example: [
      {
        arn: 'arn:aws:iam::123456789012:role/pets-*',
        accessKeyIdEnv: 'PETS_ACCESS_KEY_ID',
        secretAccessKeyEnv: 'PETS_SECRET_ACCESS_KEY',
        sessionTokenEnv: 'PETS_SESSION_TOKEN',
      },
    ],
  }),
  backendCaFile: setting({
    flag: '--backend-ca-file',
    env: 'GATEHOUSE_BACKEND_CA_FILE',
    kind: optional(certificateFile),
    default: () => undefined,
    defaultText: 'none',
    description:
      'Certificates of authorities, in PEM form, that HTTPS backends are trusted by besides the public ones; in the configuration file, a relative path begins at the folder of that file',
    example: '/etc/gatehouse/backend-ca.pem',
  }),
  userPools: setting({
    kind: userPoolList,
    default: () => [],
    defaultText: 'none',
    description:
      'Where the tokens of Cognito user pools come from, which may be any OpenID provider; a pool without an entry is Cognito’s own',
    example: [
      {
        arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_*',
        issuer: 'http://127.0.0.1:9229/{poolId}',
        jwksUri: 'http://127.0.0.1:9229/{poolId}/.well-known/jwks.json',
      },
    ],
  }),
  vpcLinkTargets: setting({
    kind: vpcLinkTargetList,
    default: () => [],
    defaultText: 'none',
    description:
      'Private backends that VPC links lead to, by the ARN of the load balancer, listener or Cloud Map service that they stand for',
    example: [
      {
        arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef',
        targets: ['10.0.0.5:8080', '10.0.0.6:8080'],
        healthCheck: { path: '/health', intervalSeconds: 5 },
      },
      {
        arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pets/0123456789abcdef/fedcba9876543210',
        targets: ['pets.internal:8443'],
        protocol: 'HTTPS',
        serverName: 'pets.example.com',
        caFile: '/etc/gatehouse/pets-ca.pem',
      },
      {
        arn: 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef',
        targets: [
          { address: '10.0.0.7:8080', attributes: { deployment: 'blue' } },
          { address: '10.0.0.8:8080', attributes: { deployment: 'green' } },
        ],
      },
    ],
  }),
  vpcEndpoints: setting({
    kind: vpcEndpointList,
    default: () => [],
    defaultText: 'none',
    description: 'Private listeners that stand for the VPC endpoints through which private APIs are called',
    example: [
      {
        vpcEndpointId: 'vpce-0123456789abcdef0',
        vpcId: 'vpc-0123456789abcdef0',
        host: '10.0.0.2',
        port: 8443,
        region: 'us-east-1',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
        },
      },
    ],
  }),
} as const

export type SettingName = keyof typeof settings

/** The configuration: read once, never changed. Units are in the names, defaults in the table. */
export type Config = {
  readonly [N in SettingName]: (typeof settings)[N] extends Setting<infer T> ? T : never
}

/** Names the configuration file. It is no setting: it cannot come from the file. */
export const configFile = {
  flag: '--config',
  env: 'GATEHOUSE_CONFIG',
  placeholder: '<file>',
  description: 'Configuration file (JSON)',
} as const

/** The table's names, in its order. */
export const settingNames: readonly SettingName[] = Object.keys(settings).filter(
  (name): name is SettingName => name in settings,
)

/** A container may have less than its machine. */
function defaultCacheMegabytes(): number {
  const constrained = process.constrainedMemory()
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
  return Math.max(1, Math.min(262_144, Math.floor(bytes / 4 / 1_048_576)))
}

function setting<T>(row: Setting<T>): Setting<T> {
  return row
}

function optional<T>(kind: Kind<T>): Kind<T | undefined> {
  return kind
}
