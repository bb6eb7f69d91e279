import './first-thread.ts'

const { buildProgram } = await import('./program.ts')

try {
  await buildProgram().parseAsync()
} catch (error) {
  const { describeFailure } = await import('./failure.ts')
  for (const line of describeFailure(error)) console.error(line)
  process.exit(1)
}
