import { readdir, readFile } from 'node:fs/promises'

/** Ends what a function has started and left behind. */
export interface StraySweeper {
  /**
   * Kills every process whose environment holds `text`: what a function starts in a session of its own outlives its
   * process group, but inherits its variables. Resolves when that is done. Does nothing where there is no `/proc`.
   *
   * @param text Such as `TMPDIR={the environment's own scratch folder}`.
   */
  end(text: string): Promise<void>
}

/** Requests of one moment share one look at all processes. */
export function createStraySweeper(): StraySweeper {
  let texts: string[] = []
  let sweep: Promise<void> | undefined

  async function run(): Promise<void> {
    await new Promise(setImmediate)
    const wanted = texts
    texts = []
    sweep = undefined
    await endProcesses(wanted)
  }

  return {
    end(text) {
      texts.push(text)
      sweep ??= run()
      return sweep
    },
  }
}

async function endProcesses(texts: readonly string[]): Promise<void> {
  const entries = await readdir('/proc').catch(() => [])
  const pids = entries.filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
  await Promise.all(pids.map((pid) => endIfStray(pid, texts)))
}

async function endIfStray(pid: string, texts: readonly string[]): Promise<void> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1')
    if (texts.some((text) => environment.includes(text))) process.kill(Number(pid), 'SIGKILL')
  } catch {
    // It has ended, or it belongs to someone else.
  }
}
