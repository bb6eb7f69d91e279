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
 * @param headers Of the invocation, names in lower case.
 * @param completion `{done, fail, succeed}`: the old ways to end an invocation.
 */
export function createContext(headers, { done, fail, succeed }) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms'])
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: constants.functionVersion,
    functionName: constants.functionName,
    memoryLimitInMB: constants.memoryLimitInMB,
    logGroupName: constants.logGroupName,
    logStreamName: constants.logStreamName,
    clientContext: parse(headers['lambda-runtime-client-context']),
    identity: parse(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    done,
    fail,
    succeed,
  }
}

function parse(json) {
  return json === undefined ? undefined : JSON.parse(json)
}
