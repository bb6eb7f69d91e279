// `npm run build`: the publishable package. `dist/` gets what the command line and the threads use of `src/`, as JavaScript,
// with the data files that it reads.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync(process.execPath, [join('node_modules', '.bin', 'tsc'), '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
cpSync('src', 'dist', { recursive: true, filter: (path) => statSync(path).isDirectory() || extname(path) !== '.ts' })
