import { describeFailure } from './failure.ts'
import { buildProgram } from './program.ts'

try {
  await buildProgram().parseAsync()
} catch (error) {
  for (const line of describeFailure(error)) console.error(line)
  process.exit(1)
}
