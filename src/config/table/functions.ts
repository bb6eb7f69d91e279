import { integer } from '../kind.ts'
import { remoteFunctionList } from '../remote-function.ts'
import { setting } from '../setting.ts'

/** How functions run. */
export const functions = {
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
  functionLogMegabytes: setting({
    flag: '--function-log-megabytes',
    env: 'GATEHOUSE_FUNCTION_LOG_MEGABYTES',
    kind: integer({ min: 1, max: 1_024 }),
    default: () => 10,
    unit: 'megabytes',
    description: 'Log kept for each function',
    example: 50,
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
} as const
