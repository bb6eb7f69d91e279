import type { FunctionsHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import type { FunctionService } from './function-service.ts'

/** What a thread answers that runs the functions, be it theirs alone or a data thread. */
export function functionHandlers(service: FunctionService): FunctionsHandlers {
  const invocations: Pick<FunctionsHandlers, 'invoke'> = { invoke: (invocation) => service.invoke(invocation) }
  return {
    ...invocations,
    publishFunctions: async (changes) => service.publish(changes),
    connect: async ({ port }) => {
      openPort(port, invocations)
    },
    drainFunctions: ({ deadlineMs }) => service.drain(deadlineMs),
  }
}
