import { Command } from 'commander'
import { version } from '../version.ts'
import { addStart } from './start.ts'
import { addStatus } from './status.ts'
import { addVersion } from './version.ts'

/** Exit code of a command line that cannot be understood. */
const usageError = 2

/** The command line. Its commands throw what goes wrong; a misspelt one ends the process with 2. */
export function buildProgram(): Command {
  const program = new Command('gatehouse')
    .description('The open, self-hosted Amazon API Gateway')
    .version(version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this help')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : usageError))
  addStart(program)
  addStatus(program)
  addVersion(program)
  return program
}

/** Commander's `error: unknown option '--prot'` and, on a second line, its suggestion. */
function oneLine(text: string): string {
  return `${text
    .trim()
    .replace(/^error: /, 'gatehouse: ')
    .replaceAll(/\s*\n\s*/g, ' ')}\n`
}
