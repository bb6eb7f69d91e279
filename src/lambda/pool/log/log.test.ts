import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { countMemory, SharedCounts } from '../neighbours/shared-counts.ts'
import { EnvironmentLog } from './environment-log.ts'
import { createFileLogSink } from './file-log-sink.ts'
import { initReportLine, reportLine, timeoutLine } from './platform-lines.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:f'

describe('the log of an environment', () => {
  function logOf() {
    const lines: string[] = []
    const log = new EnvironmentLog(functionArn, 'stream', {
      open: () => (line) => void lines.push(String(line)),
      flush: async () => {},
    })
    return { log, lines }
  }

  test('is cut into lines, whatever pieces arrive', () => {
    const { log, lines } = logOf()
    const euro = Buffer.from('a€\n')
    log.output('stdout', Buffer.from('one\ntwo '))
    log.output('stderr', Buffer.from('error\n'))
    log.output('stdout', Buffer.from('more\n\n'))
    log.output('stdout', euro.subarray(0, 2))
    log.output('stdout', euro.subarray(2))
    log.output('stdout', Buffer.from('open'))
    assert.deepEqual(lines, ['one', 'error', 'two more', '', 'a€'])
    log.endLines()
    log.endLines()
    assert.deepEqual(lines.slice(5), ['open'])
  })

  test('cuts lines that do not end', () => {
    const { log, lines } = logOf()
    for (let n = 0; n < 10; n++) log.output('stdout', Buffer.alloc(20_000, 120))
    assert.deepEqual(
      lines.map((line) => line.length),
      [80_000, 80_000],
    )
  })

  test('remembers the last 4 KB when asked to', () => {
    const { log } = logOf()
    assert.equal(log.takeTail(), undefined)
    log.write('before')
    log.beginTail()
    log.write('ünd')
    assert.equal(Buffer.from(log.takeTail() ?? '', 'base64').toString(), 'ünd\n')
    log.beginTail()
    for (let n = 0; n < 1000; n++) log.write(`line ${n}`)
    const tail = Buffer.from(log.takeTail() ?? '', 'base64')
    assert.equal(tail.length, 4096)
    assert.ok(tail.toString().endsWith('line 998\nline 999\n'))
    assert.equal(log.takeTail(), undefined)
  })
})

describe('the log files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-log-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const memory = countMemory(2, 16)
  /** The logs as a thread writes them. */
  const sinkOf = (bytesPerFunction: number, { thread = 0, now = Date.now } = {}) =>
    createFileLogSink({ folder, bytesPerFunction, counts: new SharedCounts(memory, { threads: 2, thread }) }, now)
  const file = (more = '') => join(folder, '123456789012', 'eu-west-1', `f.log${more}`)

  test('hold one line per event', async () => {
    const sink = sinkOf(1_000_000, { now: () => 1_700_000_000_123 })
    const write = sink.open(functionArn, '2026/01/01/[1]ab')
    write('hello')
    write(() => 'wörld')
    await sink.flush()
    const time = '2023-11-14T22:13:20.123Z'
    assert.equal(await readFile(file(), 'utf8'), `${time} 2026/01/01/[1]ab hello\n${time} 2026/01/01/[1]ab wörld\n`)
  })

  test('are bounded: the older half goes', async () => {
    const sink = sinkOf(4000)
    const write = sink.open(functionArn, 's')
    for (let n = 0; n < 100; n++) {
      write(`line ${n} ${'x'.repeat(200)}`)
      await sink.flush()
    }
    const sizes = [(await stat(file())).size, (await stat(file('.1'))).size]
    assert.ok(
      sizes.every((size) => size > 0 && size <= 2000),
      String(sizes),
    )
    assert.match(await readFile(file(), 'utf8'), /line 99 /)
    assert.deepEqual((await readdir(join(folder, '123456789012', 'eu-west-1'))).length, 2)
  })

  test('are bounded, and lose no present line, when several threads write', async () => {
    const sinks = [0, 1].map((thread) => sinkOf(4000, { thread }))
    const writers = sinks.map((sink, thread) => sink.open(functionArn, `s${thread}`))
    for (let n = 0; n < 50; n++) {
      for (const write of writers) write(`line ${n} ${'x'.repeat(100)}`)
      await Promise.all(sinks.map((sink) => sink.flush()))
      const sizes = await Promise.all([file(), file('.1')].map((path) => stat(path).catch(() => ({ size: 0 }))))
      assert.ok(
        sizes.every(({ size }) => size <= 2000),
        JSON.stringify(sizes),
      )
      const kept = await Promise.all([file(), file('.1')].map((path) => readFile(path, 'utf8').catch(() => '')))
      assert.equal(kept.join('').split(` line ${n} `).length - 1, 2)
    }
  })

  test('go on after a restart', async () => {
    for (const line of ['one', 'two']) {
      const sink = sinkOf(4000)
      sink.open(functionArn, 's')(line)
      await sink.flush()
    }
    assert.match(await readFile(file(), 'utf8'), / one\n.* two\n$/)
  })

  test('drop what comes too fast, and say so', async () => {
    const sink = sinkOf(10_000_000)
    const write = sink.open(functionArn, 's')
    for (let n = 0; n < 3000; n++) write('x'.repeat(1000))
    await sink.flush()
    const text = await readFile(file(), 'utf8')
    const lines = text.split('\n').length - 2
    assert.match(text, new RegExp(`\\n${3000 - lines} log lines were dropped: they came too fast to be kept\\n$`))
    assert.ok(text.length < 2_200_000)
  })

  test('a disk that refuses costs lines, not calls', async () => {
    await writeFile(join(folder, '123456789012'), 'in the way')
    const sink = sinkOf(4000)
    const write = sink.open(functionArn, 's')
    write('lost')
    await sink.flush()
    await rm(join(folder, '123456789012'))
    write('kept')
    await sink.flush()
    assert.match(await readFile(file(), 'utf8'), /Log lines were lost: (EEXIST|ENOTDIR)[^\n]*\n.* kept\n$/)
  })
})

test('the lines of the platform are Lambda’s', () => {
  const report = { requestId: 'id', durationMs: 12.345, memoryMegabytes: 128, maxMemoryUsedMegabytes: 60 }
  assert.equal(
    reportLine(report),
    'REPORT RequestId: id\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t',
  )
  assert.equal(
    reportLine({ ...report, initDurationMs: 100.1, status: 'error', errorType: 'Runtime.ExitError' }),
    'REPORT RequestId: id\tDuration: 12.35 ms\tBilled Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t' +
      'Init Duration: 100.10 ms\tStatus: error\tError Type: Runtime.ExitError\t',
  )
  assert.equal(
    initReportLine(10_000, 'timeout'),
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout',
  )
  assert.equal(
    timeoutLine('2026-01-01T00:00:00.000Z', 'id', 3),
    '2026-01-01T00:00:00.000Z id Task timed out after 3.00 seconds',
  )
})
