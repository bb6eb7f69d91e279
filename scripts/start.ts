// `npm start`: the gateway, and in it the sample API of examples/pets. Arguments go to `gatehouse start`.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createSampleApi } from './sample.ts'

const gatehouse = fileURLToPath(new URL('../bin/gatehouse.js', import.meta.url))

// A process group of its own: what a Ctrl-C sends to the whole terminal reaches it once, from here. A second one ends it at once.
const child = spawn(process.execPath, [gatehouse, 'start', ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
})
let stopping = false
function stop(): void {
  stopping = true
  child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// The shell between npm and this process may die of a signal without passing it on.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent && !stopping) stop()
}, 250).unref()
child.on('error', (error) => console.error(`The gateway could not be started: ${error.message}`))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})

for await (const line of createInterface({ input: child.stdout })) {
  console.log(line)
  const endpoint = /^Gatehouse .*listening on (http:\/\/\S+)/.exec(line)?.[1]
  if (endpoint !== undefined) void introduce(endpoint)
}

/** Makes sure that the sample is there and prints how to reach it. */
async function introduce(endpoint: string): Promise<void> {
  try {
    const python = spawnSync('python3', ['--version']).status === 0
    if (!python) console.log('There is no python3 here: the sample goes without GET /pets/{petId}/name.')
    const apiId = await createSampleApi({ endpoint, python })
    const credentials = 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test'
    console.log('\nThe sample API "pets" answers:')
    console.log(`  curl ${endpoint}/_aws/execute-api/${apiId}/dev/pets`)
    console.log('The AWS CLI lists it:')
    console.log(`  ${credentials} aws apigateway get-rest-apis --endpoint-url ${endpoint} --region us-east-1\n`)
  } catch (error) {
    if (!stopping) console.error('The sample API could not be created:', error)
  }
}
