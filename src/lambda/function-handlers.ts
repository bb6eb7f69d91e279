import type { FunctionsHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import type { FunctionService } from './function-service.ts'
import { streamToPort } from './stream-over-port.ts'

/** What a thread answers that runs the functions, be it theirs alone or a data thread. */
export function functionHandlers(service: FunctionService): FunctionsHandlers {
  const invocations: Pick<FunctionsHandlers, 'invoke' | 'invokeStreaming'> = {
    invoke: (invocation) => service.invoke(invocation),
    invokeStreaming: ({ invocation, port }) => streamToPort(port, (stream) => service.invoke(invocation, stream)),
  }
  return {
    ...invocations,
    publishFunctions: async (changes) => service.publish(changes),
    connect: async ({ port }) => {
      openPort(port, invocations)
    },
    drainFunctions: ({ deadlineMs }) => service.drain(deadlineMs),
  }
}
