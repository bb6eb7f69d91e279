import { readdir, readFile } from 'node:fs/promises'

/**
 * Kills every process whose environment holds one of the texts: what a function started in a session of its own outlives
 * its process group, but has inherited its variables. Does nothing where there is no `/proc`.
 *
 * @param texts Such as `TMPDIR={the environment's own scratch folder}`.
 */
export async function endStrayProcesses(texts: readonly string[]): Promise<void> {
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
