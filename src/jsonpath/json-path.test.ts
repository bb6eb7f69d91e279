import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseJson } from '../json/parse.ts'
import { Double } from '../json/value.ts'
import { writeJson } from '../json/write.ts'
import { compilePath } from './json-path.ts'

const pets = '{"pets":[{"id":1,"kind":"dog"},{"id":2,"kind":"cat","tags":["a","b"]}],"shop":{"name":"Paws"}}'

function read(path: string, document = pets): string | undefined {
  const found = compilePath(path).read(parseJson(document))
  return found === undefined ? undefined : writeJson(found)
}

describe('a path that stands for one value', () => {
  const cases: [path: string, found: string | undefined][] = [
    ['$', pets],
    ['$.shop.name', '"Paws"'],
    ['shop.name', '"Paws"'],
    ["$['shop']['name']", '"Paws"'],
    ['$.pets[1].tags[-1]', '"b"'],
    ["$.pets[0]['id','kind']", '{"id":1,"kind":"dog"}'],
    ["$.pets[0]['id','tags']", '{"id":1}'],
    ['$.pets.length()', '2'],
    ['$.sum($.pets[*].id)', '3.0'],
    ['$.shop.keys()', '["name"]'],
    ['$.none', undefined],
    ['$.shop.name.first', undefined],
    ['$.pets[7]', undefined],
    ['$.pets.id', undefined],
    ['$.shop[0]', undefined],
  ]
  for (const [path, found] of cases) {
    test(`${path} is ${found ?? 'missing'}`, () => {
      assert.equal(compilePath(path).definite, true)
      assert.equal(read(path), found)
    })
  }
  test('is null where the document says so', () => {
    assert.equal(compilePath('$.a').read(parseJson('{"a":null}')), null)
    assert.equal(compilePath('$.a.length()').read(parseJson('{"a":"text"}')), null)
  })
  test('is part of the document, not a copy', () => {
    const document = parseJson(pets)
    assert.ok(document instanceof Map)
    assert.equal(compilePath('$.shop').read(document), document.get('shop'))
  })
  test('leaves the path as it is, whatever becomes of what was found', () => {
    const path = compilePath('$.append([1])')
    for (const _time of [1, 2]) {
      const found = path.read([])
      assert.deepEqual(found, [[1]])
      if (Array.isArray(found) && Array.isArray(found[0])) found[0].push(2)
    }
  })
  test('is not what every object inherits', () => assert.equal(read('$.__proto__'), undefined))
})

describe('a path that stands for several values', () => {
  const cases: [path: string, found: string][] = [
    ['$.pets[*].kind', '["dog","cat"]'],
    ['$..kind', '["dog","cat"]'],
    ['$.pets[0,1].id', '[1,2]'],
    ['$.pets[:1].id', '[1]'],
    ["$.pets[?(@.kind == 'cat')].id", '[2]'],
    ['$.pets[?(@.tags)].tags[0]', '["a"]'],
    ["$.pets[?(@.kind =~ /D.*/i || 'b' in @.tags)].id", '[1,2]'],
    ['$.none[*]', '[]'],
    ['$.pets[?(@.id > 7)]', '[]'],
    ['$..none', '[]'],
  ]
  for (const [path, found] of cases) {
    test(`${path} is ${found}`, () => {
      assert.equal(compilePath(path).definite, false)
      assert.equal(read(path), found)
    })
  }
})

describe('numbers', () => {
  const numbers = '{"n":[12345678901234567890,12345678901234567891,0.1,1,1.0,1e2,"1"]}'
  const cases: [filter: string, found: string][] = [
    ['@ == 12345678901234567890', '[12345678901234567890]'],
    ['@ > 12345678901234567890', '[12345678901234567891]'],
    ['@ == 0.10', '[0.1]'],
    ['@ == 100', '[100.0]'],
    ['@ == 1', '[1,1.0,"1"]'],
    ['@ === 1', '[1,1.0]'],
    ["@ == '1'", '[1,1.0,"1"]'],
  ]
  for (const [filter, found] of cases) {
    test(`${filter}: ${found}`, () => assert.equal(read(`$.n[?(${filter})]`, numbers), found))
  }
  test('that functions calculate are doubles', () => {
    assert.deepEqual(compilePath('$.avg($.n[3,4])').read(parseJson(numbers)), new Double(1))
  })
})

describe('refuses', () => {
  const cases: [path: string, offset: number][] = [
    ['', 0],
    ['$a', 1],
    ['$.a.', 3],
    ['$...a', 3],
    ['$.a b', 3],
    ['a b', 1],
    ["$['a", 2],
    ["$['a' 'b']", 6],
    ["$['a',]", 6],
    ['$.a[]', 4],
    ['$.a[b]', 4],
    ['$.a[0', 5],
    ['$.a[:]', 4],
    ['$.a[99999999999]', 4],
    ['$.a[?]', 5],
    ['$.a[?(@.x]', 10],
    ['$.a[?(@.x == )]', 13],
    ['$.a[?(@.x == 1 &&)]', 17],
    ['$.a[?(1)]', 7],
    ['$.a[?(@.x ~~ 1)]', 10],
    ['$.a[?(@.x =~ /a)]', 13],
    ['$.a[?(@.x =~ /(/)]', 13],
    ['$.a[?(@.x =~ /(?=a)/)]', 13],
    ['$.a[?(@.x == "\\u00zz")]', 16],
    ['$.a.explode()', 4],
    ['$.a.sum(1', 9],
    ['$.a.sum(b)', 8],
  ]
  for (const [path, offset] of cases) {
    test(path || 'nothing', () => assert.throws(() => compilePath(path), { name: 'PathSyntaxError', offset }))
  }
})

describe('refuses to read', () => {
  const cases: [path: string, document: string, message: RegExp][] = [
    ['$.sum()', '[]', /no numbers/],
    ['$.a.avg()', '{"a":"x"}', /no numbers/],
    ['$.a.first()', '{"a":"x"}', /Only lists have items/],
    ['$.a[?(@.x)]', '{"a":7}', /lists and objects only/],
  ]
  for (const [path, document, message] of cases) {
    test(`${path} of ${document}`, () =>
      assert.throws(() => read(path, document), { name: 'PathEvaluationError', message }))
  }
})

describe('takes bounded time and memory', () => {
  const nested = `${'['.repeat(500)}1${']'.repeat(500)}`

  test('for long and deep paths', () => {
    for (const path of [
      'a'.repeat(10_001),
      `$${'.a'.repeat(501)}`,
      `$[?(${'('.repeat(5_000)}`,
      `$[?(${'!'.repeat(5_000)}(@.a))]`,
      `$[?(@.a in ${'['.repeat(5_000)})]`,
      `$${'[?(@'.repeat(2_000)}`,
    ]) {
      assert.throws(() => compilePath(path), { name: 'PathSyntaxError' }, path.slice(0, 20))
    }
  })
  test('for scans of scans', () => {
    const started = performance.now()
    assert.throws(() => read(`$${'..*'.repeat(40)}`, nested), {
      name: 'PathEvaluationError',
      message: /too many values/,
    })
    assert.ok(performance.now() - started < 5_000)
  })
  test('for filters that scan the document for each item', () => {
    const list = JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ at, items: [[at]] })))
    assert.equal(JSON.parse(read('$[?(@.at == $[7].at)]', list) ?? '').length, 1)
    assert.throws(() => read('$[?(@.at in $..at)]', list), { message: /too many values/ })
  })
  test('for patterns with many instructions', () => {
    const list = JSON.stringify(Array.from({ length: 2_000 }, () => 'a'.repeat(1_000)))
    assert.equal(JSON.parse(read('$[?(@ =~ /a+/)]', list) ?? '').length, 2_000)
    assert.throws(() => read('$[?(@ =~ /(a?){500}b/)]', list), { message: /too many values/ })
  })
  test('for slices from far before the first item', () => {
    assert.equal(read('$[-2000000000:2]', '[1,2,3]'), '[1,2,3,1,2]')
  })
  test('for regular expressions that others take forever with', () => {
    assert.equal(read('$[?(@ =~ /(a+)+b/)]', JSON.stringify(['a'.repeat(50_000)])), '[]')
  })
})
