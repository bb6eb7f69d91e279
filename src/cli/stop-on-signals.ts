import { describeFailure } from './failure.ts'

/**
 * A signal that follows this close is the same one again: Ctrl-C reaches the whole process group of a terminal, and npm
 * and the launcher pass on to the gateway what they got.
 */
const echoMs = 250

/** The parts of `process` that end it. */
export interface Stoppable {
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown
  exit(code: number): void
}

/** Ends the process with 0 once `stop` is done after a first SIGTERM or SIGINT, and with 130 at once after a second. */
export function stopOnSignals(target: Stoppable, stop: () => Promise<void>, now: () => number = Date.now): void {
  let firstAt: number | undefined

  function onSignal() {
    if (firstAt === undefined) {
      firstAt = now()
      void stopAndExit()
    } else if (now() - firstAt >= echoMs) {
      target.exit(130)
    }
  }

  async function stopAndExit() {
    try {
      await stop()
      target.exit(0)
    } catch (error) {
      for (const line of describeFailure(error)) console.error(line)
      target.exit(1)
    }
  }

  target.on('SIGTERM', onSignal)
  target.on('SIGINT', onSignal)
}
