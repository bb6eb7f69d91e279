import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { folderPath, integer, oneOf } from '../kind.ts'
import { setting } from '../setting.ts'

const maxWorkers = 64

/** How the process runs. */
export const running = {
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
  drainSeconds: setting({
    flag: '--drain-seconds',
    env: 'GATEHOUSE_DRAIN_SECONDS',
    kind: integer({ min: 0, max: 3_600 }),
    default: () => 30,
    unit: 'seconds',
    description: 'How long a stop waits for calls in flight',
    example: 10,
  }),
} as const
