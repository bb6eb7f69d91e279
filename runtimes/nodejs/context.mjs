import { header } from './invocation-parser.mjs'

const { env } = process

const constants = {
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
}

/**
 * The `context` argument of a handler.
 *
 * @param head Of the invocation.
 * @param completion `{done, fail, succeed}`: the old ways to end an invocation.
 */
export function createContext(requestId, head, { done, fail, succeed }) {
  const deadlineMs = Number(header(head, 'Lambda-Runtime-Deadline-Ms'))
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: constants.functionVersion,
    functionName: constants.functionName,
    memoryLimitInMB: constants.memoryLimitInMB,
    logGroupName: constants.logGroupName,
    logStreamName: constants.logStreamName,
    clientContext: parse(header(head, 'Lambda-Runtime-Client-Context')),
    identity: parse(header(head, 'Lambda-Runtime-Cognito-Identity')),
    invokedFunctionArn: header(head, 'Lambda-Runtime-Invoked-Function-Arn'),
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    done,
    fail,
    succeed,
  }
}

function parse(json) {
  return json === undefined ? undefined : JSON.parse(json)
}
