// The Node.js runtime: loads the function's handler, then runs invocations until the gateway closes the connection.
import { BlockingClient } from './blocking-client.mjs'
import { patchConsole } from './console.mjs'
import { describe } from './errors.mjs'
import { HandlerRunner } from './handler-runner.mjs'
import { loadHandler } from './load-handler.mjs'
import { provideStreaming } from './response-stream.mjs'

const [input, output] = process.argv.splice(2, 2).map(Number)
const logger = patchConsole()
provideStreaming()

const client = new BlockingClient({ input, output })
const runner = new HandlerRunner(client, logger)

process.on('uncaughtException', (error) => runner.crash('Uncaught Exception', error, 129))
process.on('unhandledRejection', (reason) => {
  const error = new Error(String(reason), { cause: reason })
  error.name = 'Runtime.UnhandledPromiseRejection'
  if (reason instanceof Error) error.stack = `${error.name}: ${error.message}\n${reason.stack}`
  runner.crash('Unhandled Promise Rejection', error, 128)
})

try {
  await runner.run(await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER))
} catch (error) {
  logger.error('Uncaught Exception', error)
  client.failInit(describe(error), () => process.exit(1))
}
