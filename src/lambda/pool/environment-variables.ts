import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionVersion } from '../../snapshot/function.ts'
import { parseArn } from '../../wire/arn.ts'
import type { CodeFolders } from './code/code-cache.ts'

/** What one environment's process is told about itself. */
export interface EnvironmentIdentity {
  readonly logStream: string
  /** `host:port` of its Runtime API. */
  readonly runtimeApi: string
  /** Its own scratch folder. */
  readonly scratch: string
}

/** What all functions are told about the gateway. */
export interface HostSettings {
  /** The gateway's own endpoint, for SDKs inside functions. */
  readonly endpointUrl: string
  /** The gateway's own PATH and LANG: nothing else of its environment reaches a function. */
  readonly path: string
  readonly lang: string
}

/**
 * The environment variables of a function's process: those that Lambda reserves win over the function's own, and the
 * function's own win over those that Lambda only presets (documented).
 *
 * The credentials are placeholders: the gateway takes any until the roles of functions can be assumed.
 */
export function environmentVariables(
  version: FunctionVersion,
  code: CodeFolders,
  identity: EnvironmentIdentity,
  host: HostSettings,
): Record<string, string> {
  return { ...presets(code, host), ...version.environment, ...reserved(version, code, identity) }
}

function presets({ taskRoot, layers }: CodeFolders, host: HostSettings): Record<string, string> {
  const inLayers = (...parts: string[]) => (layers === undefined ? [] : [join(layers, ...parts)])
  return {
    AWS_ENDPOINT_URL: host.endpointUrl,
    LANG: host.lang,
    LD_LIBRARY_PATH: [taskRoot, join(taskRoot, 'lib'), ...inLayers('lib')].join(delimiter),
    NODE_PATH: [...inLayers('nodejs', 'node_modules'), taskRoot].join(delimiter),
    PATH: [host.path, ...inLayers('bin')].join(delimiter),
    PYTHONPATH: [taskRoot, ...inLayers('python')].join(delimiter),
    TZ: ':UTC',
  }
}

function reserved(version: FunctionVersion, { taskRoot }: CodeFolders, identity: EnvironmentIdentity) {
  const region = parseArn(version.functionArn)?.region ?? ''
  return {
    _HANDLER: version.handler,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${version.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: identity.logStream,
    AWS_LAMBDA_RUNTIME_API: identity.runtimeApi,
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
    LAMBDA_RUNTIME_DIR: runtimeFolder,
    LAMBDA_TASK_ROOT: taskRoot,
    TMPDIR: identity.scratch,
  }
}

const runtimeFolder = fileURLToPath(new URL('../../../runtimes', import.meta.url))
