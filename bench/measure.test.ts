import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { cpuMicros, median, parseStat, processTree, residentBytes } from './measure.ts'

describe('measure', () => {
  test('reads the times of a process whose name holds blanks and parentheses', () => {
    const stat = '42 (a) (b) S 7 42 42 0 -1 4194304 10 20 0 0 300 40 5 6 20 0 11 0 100 1000 250'
    assert.deepEqual(parseStat(stat), { pid: 42, parent: 7, cpuMicros: 3_510_000 })
  })

  test('counts what a process started, and what that started', async () => {
    const shell = spawn('sh', ['-c', 'sh -c "echo ready; read line"; true'], { stdio: ['pipe', 'pipe', 'ignore'] })
    await once(shell.stdout, 'data')
    const tree = processTree(process.pid).map(({ parent }) => parent)
    assert.ok(tree.includes(process.pid))
    assert.ok(shell.pid !== undefined && tree.includes(shell.pid))
    shell.stdin.end()
    await once(shell, 'exit')
  })

  test('finds time and memory of this very process', () => {
    assert.ok(cpuMicros(process.pid) > 0)
    assert.ok(residentBytes(process.pid) > 10e6)
  })

  test('takes the middle value', () => {
    assert.equal(median([9, 1, 5]), 5)
    assert.throws(() => median([]))
  })
})
