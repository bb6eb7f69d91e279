#!/usr/bin/env node
// Starts the command line on a Node that can run it. Node 14 must be able to read this file: no `node:` imports, no `await`
// outside of functions.
// biome-ignore-all lint/style/useNodejsImportProtocol: unknown to Node 14
import { spawn } from 'child_process'
import { existsSync } from 'fs'
import module, { createRequire } from 'module'
import { homedir } from 'os'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

const oldestNode = 24
// A checkout runs its sources, however old its last build is; the package has no sources.
const source = new URL('../src/cli/main.ts', import.meta.url)
const entry = existsSync(fileURLToPath(source)) ? source : new URL('../dist/cli/main.js', import.meta.url)

keepCompiledCode()
if (Number(process.versions.node.split('.')[0]) >= oldestNode) {
  import(entry.href)
} else {
  const node = packagedNode()
  if (node) runWith(node)
  else fail(`install the package ${packageName()} beside it (npm install --include=optional), or a newer Node`)
}

/**
 * Lets Node keep the code that it compiles, which halves the time to start. Worker threads and a newer Node get to know of
 * it by the variable. Node's default folder lies in /tmp, where other users could put code of theirs first.
 */
function keepCompiledCode() {
  try {
    const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
    const folder = process.env.NODE_COMPILE_CACHE || join(caches, 'gatehouse')
    process.env.NODE_COMPILE_CACHE = folder
    if (module.enableCompileCache) module.enableCompileCache(folder)
  } catch {
    // Without a home folder it starts more slowly.
  }
}

/** The npm package that brings this platform's Node. */
function packageName() {
  const platform = { darwin: 'bin-darwin', win32: 'win' }[process.platform] || process.platform
  return `node-${platform}-${process.arch}`
}

function packagedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${packageName()}/package.json`))
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

function runWith(node) {
  const child = spawn(node, [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: 'inherit' })
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${node} cannot be run: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    for (const each of signals) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}

function fail(remedy) {
  console.error(`gatehouse: Gatehouse needs Node ${oldestNode} or later, and this is ${process.version}: ${remedy}`)
  process.exit(1)
}
