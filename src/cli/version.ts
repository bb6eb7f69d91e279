import type { Command } from 'commander'
import { version } from '../version.ts'

/** `gatehouse version`. */
export function addVersion(program: Command): void {
  program
    .command('version')
    .description('Print the versions of Gatehouse and of the Node that runs it')
    .action(() => console.log(`Gatehouse ${version} (Node ${process.version}, ${process.platform}-${process.arch})`))
}
