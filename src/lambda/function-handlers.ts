import type { FunctionsHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import type { FunctionService } from './function-service.ts'
import { type NeighbourHandlers, neighbourHandlers } from './pool/neighbours/neighbours.ts'

/** What a data thread answers for its functions. */
export function functionHandlers({
  publish,
  invoke,
  neighbours,
  lender,
  codeInUse,
  drain,
}: FunctionService): FunctionsHandlers {
  return {
    publishFunctions: async (changes) => publish(changes),
    invoke: (invocation) => invoke(invocation),
    meetNeighbour: async ({ thread, port }) => {
      neighbours.meet(thread, openPort<NeighbourHandlers>(port, neighbourHandlers(lender)))
    },
    codeInUse: async () => codeInUse(),
    drainFunctions: ({ deadlineMs }) => drain(deadlineMs),
  }
}
