import { isMainThread, Worker } from 'node:worker_threads'

/**
 * Runs `listen` in `BARE_THREADS` threads that share the port `BARE_PORT`: with one thread in the program's own, with
 * more in worker threads, as Gatehouse does.
 */
export function inThreads(program: string, listen: (port: number) => void) {
  const threads = Number(process.env['BARE_THREADS'])
  if (!isMainThread || threads === 1) return listen(Number(process.env['BARE_PORT']))
  for (let thread = 0; thread < threads; thread++) new Worker(new URL(program))
}
