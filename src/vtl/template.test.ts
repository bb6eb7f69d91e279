import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseJson } from '../json/parse.ts'
import { Double } from '../json/value.ts'
import { defaultLimits } from './limits.ts'
import { compileTemplate } from './template.ts'
import { ArrayList, HostError, HostObject, type Value } from './value.ts'

function render(template: string, variables: Record<string, Value> = {}): string {
  return compileTemplate(template).render(new Map(Object.entries(variables)))
}

describe('prints', () => {
  const cases: [name: string, value: Value, text: string][] = [
    ['a string', 'a"b', 'a"b'],
    ['an integer', 42, '42'],
    ['a long', 12345678901234567890n, '12345678901234567890'],
    ['a double', new Double(1), '1.0'],
    ['a large double', new Double(1.5e10), '1.5E10'],
    ['a boolean', false, 'false'],
    ['null as its source', null, '$value'],
    [
      'a list from JSON as JSON',
      parseJson('[1, "a\\"b", null, 1.0, {"k": [true]}]'),
      '[1,"a\\"b",null,1.0,{"k":[true]}]',
    ],
    ['an object from JSON as a Java map', parseJson('{"a": 1, "b": "x", "c": {"d": null}}'), '{a=1, b=x, c={d=null}}'],
    ['a JSON list within a map as JSON', parseJson('{"a": [{"b": 1}]}'), '{a=[{"b":1}]}'],
    ['a list of Java', ArrayList.from<Value>([1, 'a', null]), '[1, a, null]'],
    ['a JSON list within a list of Java', ArrayList.from<Value>([parseJson('["a"]')]), '[["a"]]'],
    ['a list of Java within a JSON list', [ArrayList.from<Value>(['a'])], '[["a"]]'],
  ]
  for (const [name, value, text] of cases) test(name, () => assert.equal(render('$value', { value }), text))
})

class Store extends HostObject {
  readonly members = new Map<string, Value>([['name', 'store']])
  readonly calls: unknown[] = []

  override get(name: string): Value | undefined {
    return this.members.get(name)
  }

  override call(name: string, parameters: readonly Value[]): Value | undefined {
    this.calls.push([name, ...parameters])
    if (name === 'fail') throw new HostError('no luck')
    if (name === 'crash') throw new TypeError('a bug')
    return name === 'echo' ? (parameters[0] ?? null) : undefined
  }

  override set(name: string, value: Value): void {
    this.members.set(name, value)
  }

  override text(): string {
    return 'a store'
  }
}

describe('a host object', () => {
  const cases: [template: string, text: string][] = [
    ['$host.name $host["name"]', 'store store'],
    ['$host.none $!host.none', '$host.none '],
    ['$host.echo("x") $host.echo([1]).size()', 'x 1'],
    ['$host.other()', '$host.other()'],
    ['$host', 'a store'],
    ['#set($host.a = 1)#set($host["b"] = 2)$host.a$host.b', '12'],
    ['#if($host)y#end#if($host.none)n#end', 'y'],
    ['$host.constructor $host["__proto__"] $host.toString()', '$host.constructor $host["__proto__"] $host.toString()'],
    ['#foreach($x in $host)a#end', ''],
  ]
  for (const [template, text] of cases)
    test(template, () => assert.equal(render(template, { host: new Store() }), text))

  test('is called with the values of the arguments', () => {
    const host = new Store()
    render('#set($x = 2)$host.echo(1, "a$x", $none, true)', { host })
    assert.deepEqual(host.calls, [['echo', 1, 'a2', null, true]])
  })
  test('fails a rendering at its line and column', () => {
    const expected = { name: 'TemplateError', message: 'no luck at line 2, column 9', line: 2, column: 9 }
    assert.throws(() => render('a\nb $host.fail()', { host: new Store() }), expected)
  })
  test("lets a bug's error through", () => {
    assert.throws(() => render('$host.crash()', { host: new Store() }), TypeError)
  })
})

describe('reaches nothing beyond its data:', () => {
  const names = ['constructor', 'prototype', 'valueOf', 'hasOwnProperty', 'class', 'getClass()', 'constructor()']
  for (const name of names) {
    test(name, () => {
      for (const value of ['a', 1, true, new Map<string, Value>(), [1], new Double(1)] as Value[]) {
        assert.equal(render(`$value.${name}`, { value }), `$value.${name}`)
      }
    })
  }
  test('variables that no one has given', () => {
    assert.equal(render('$constructor $__proto__ $globalThis $process'), '$constructor $__proto__ $globalThis $process')
  })
  test('members that are named like those of JavaScript objects are members', () => {
    assert.equal(
      render('$v["__proto__"].x $v.constructor', { v: parseJson('{"__proto__":{"x":1},"constructor":2}') }),
      '1 2',
    )
  })
})

describe('refuses a template, with line and column:', () => {
  const cases: [template: string, line: number, column: number][] = [
    ['#if(true)', 1, 10],
    ['a\nb #end', 2, 3],
    ['#set($x = )', 1, 11],
    ['a\n\n#foreach($x)b#end', 3, 1],
    ['$list[', 1, 7],
    ['${a', 1, 4],
    ['#set($x = "#if(")', 1, 17],
    ['#parse("x")', 1, 1],
    ['#include("x")', 1, 1],
    ['\r\n#macro()x#end', 2, 1],
    ['a#[[b', 1, 6],
  ]
  for (const [template, line, column] of cases) {
    test(JSON.stringify(template), () => {
      assert.throws(() => compileTemplate(template), { name: 'TemplateSyntaxError', line, column })
    })
  }
})

describe('fails a rendering, with line and column:', () => {
  const cases: [template: string, line: number, column: number, message: RegExp][] = [
    ['$list.get(5)', 1, 7, /Index 5 out of bounds for length 2/],
    ['a\n $list[5]', 2, 7, /Index 5 out of bounds/],
    ['#set($x = $s.substring(9))', 1, 14, /begin 9, end 3/],
    ["\n\n#evaluate('#if(')", 3, 1, /#evaluate: Unexpected the end/],
    ['#macro(m)#m()#end\n#m()', 1, 10, /Macros called more than 20 deep/],
    ['$s.matches("(")', 1, 4, /PatternSyntaxException/],
    ['$s.replaceAll("a(?=b)", "")', 1, 4, /PatternSyntaxException/],
  ]
  for (const [template, line, column, message] of cases) {
    test(JSON.stringify(template), () => {
      const variables = { list: ArrayList.from<Value>([1, 2]), s: 'abc' }
      assert.throws(() => render(template, variables), { name: 'TemplateError', message, line, column })
    })
  }
})

test('renderings do not see one another', () => {
  const template = compileTemplate("#set($n = $n + 1)$n#evaluate('#macro(m)x#end')#m()$!seen#set($seen = true)")
  assert.equal(template.render(new Map([['n', 1]])), '2x')
  assert.equal(template.render(new Map([['n', 5]])), '6x')
})

describe('ends whatever a template does', { timeout: 20_000 }, () => {
  const doubled = '#foreach($i in [1..1000])#set($s = "$s$s")#end'
  const cases: [name: string, template: string][] = [
    ['nested loops', '#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])$c#end#end#end'],
    [
      'nested loops that print nothing',
      '#foreach($a in [1..999])#foreach($b in [1..999])#foreach($c in [1..999])#end#end#end',
    ],
    ['strings that double', `#set($s = "a")${doubled}$s`],
    ['strings that double by +', '#set($s = "a")#foreach($i in [1..1000])#set($s = $s + $s)#end'],
    [
      'strings that double by replaceAll',
      '#set($s = "a")#foreach($i in [1..1000])#set($s = $s.replaceAll("a", "aa"))#end',
    ],
    [
      'strings that double by a pattern',
      '#set($s = "ab")#foreach($i in [1..1000])#set($s = $s.replaceAll("[ab]", "$0$0"))#end',
    ],
    ['a huge width', '#set($s = "")$s.format("%999999999d", 1)'],
    ['a huge precision', '#set($s = "")$s.format("%.999999999s|%.999999999f", "a", 1.5)$s.format("%0999999999d", 1)'],
    ['a huge repetition', '#set($s = "abc")$s.repeat(2147483647)'],
    ['lists that double', '#set($l = [1])#foreach($i in [1..1000])#set($d = $l.addAll($l))#end'],
    ['lists of themselves, printed', '#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end$l'],
    [
      'lists of themselves, compared',
      '#set($l = [1])#set($m = [1])#foreach($i in [1..60])#set($l = [$l, $l])#set($m = [$m, $m])#end#if($l == $m)a#end',
    ],
    ['lists of themselves, hashed', '#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end$l.hashCode()'],
    ['a list in itself through another', '#set($a = [])#set($b = [$a])#set($d = $a.add($b))$a'],
    [
      'a list in itself, compared',
      '#set($a = [])#set($b = [])#set($d = $a.add($b))#set($d = $b.add($a))#if($a == $b)x#end',
    ],
    ['deep lists', '#set($l = [])#foreach($i in [1..1000])#set($l = [$l])#end$l'],
    ['huge ranges', '#set($l = [1..2000000000])'],
    ['huge numbers', '#set($n = 99999999999999999999)#foreach($i in [1..1000])#set($n = $n * $n)#end'],
    ['macros that call themselves', '#macro(a)#b()#end#macro(b)#a()#end#a()'],
    [
      'macros that branch',
      '#macro(a $n)#if($n > 0)#set($m = $n - 1)#a($m)#a($m)#a($m)#end#end#foreach($i in [1..1000])#a(18)#end',
    ],
    ['evaluation of itself', "#set($e = '#evaluate($e)')#evaluate($e)"],
    ['evaluation that doubles', "#set($e = '#evaluate($e)#evaluate($e)')#evaluate($e)"],
    ['evaluation of long texts', '#set($s = "$!x a b c ")#foreach($i in [1..20])#set($s = "$s$s")#end#evaluate($s)'],
    [
      'blocks that print themselves',
      '#define($d)a$d$d$d#end$d'.padEnd(10).concat('#foreach($i in [1..1000])#foreach($j in [1..1000])$d#end#end'),
    ],
    [
      'a pattern that backtracks',
      '#set($s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")#foreach($i in [1..1000])#set($d = $s.matches("(a+)+b"))#end',
    ],
    [
      'a pattern with many states',
      '#set($s = "aaaaaaaaaa")#foreach($i in [1..15])#set($s = "$s$s")#end$s.matches("(a{0,999}b){0,999}")',
    ],
    ['a pattern that grows', '#set($s = "a")$s.matches("((a{1,100}){1,100}){1,100}")'],
    [
      'searches of a long string',
      '#set($s = "a")#foreach($i in [1..20])#set($s = "$s$s")#end#foreach($i in [1..1000])#set($d = $s.indexOf("b"))#set($d = $s.contains("c"))#end',
    ],
    [
      'splits of a long string',
      '#set($s = "a,")#foreach($i in [1..20])#set($s = "$s$s")#end#foreach($i in [1..1000])#set($d = $s.split(","))#end',
    ],
    [
      'hashes of a long string',
      '#set($s = "a")#foreach($i in [1..20])#set($s = "$s$s")#end#foreach($i in [1..1000])$s.hashCode()#end',
    ],
    [
      'upper and lower case of a long string',
      '#set($s = "a")#foreach($i in [1..20])#set($s = "$s$s")#end#foreach($i in [1..1000])#set($d = $s.toUpperCase())#end',
    ],
    [
      'insertions at the front',
      '#set($l = [1..90000])#foreach($i in [1..1000])#foreach($j in [1..1000])#set($d = $l.add(0, 1))#end#end',
    ],
    [
      'removals of what is not there',
      '#set($l = [1..90000])#foreach($i in [1..1000])#foreach($j in [1..1000])#set($d = $l.remove("x"))#end#end',
    ],
    [
      'long expressions in loops',
      `#foreach($a in [1..1000])#foreach($b in [1..1000])#set($x = ${'1 + '.repeat(199)}1)#end#end`,
    ],
  ]
  for (const [name, template] of cases) {
    test(name, () => {
      const started = performance.now()
      try {
        render(template)
      } catch (error) {
        assert.equal((error as Error).name, 'TemplateError', String(error))
      }
      assert.ok(performance.now() - started < 5_000, `${Math.round(performance.now() - started)} ms`)
    })
  }
  test('nesting without end, when it is compiled', () => {
    for (const part of [
      '#if($x)',
      '#foreach($a in $b)',
      '#set($x = [',
      '#set($x = ((',
      '$a.b($a.b(',
      '#macro(a)',
      '#set($x = {1:',
      '$a[$a[',
      '#set($x = !!',
    ]) {
      assert.throws(() => compileTemplate(part.repeat(20_000)), { name: 'TemplateSyntaxError' }, part)
    }
  })
  test('long templates, when they are compiled', () => {
    for (const part of [
      '$a',
      '$a.b.c',
      '#',
      '$',
      '\\',
      '\\\\#',
      '#*',
      '##',
      '"',
      ' ',
      '\n',
      '#if',
      '#a',
      '(',
      '#[[',
      '$a  ',
      '#set',
    ]) {
      const started = performance.now()
      try {
        compileTemplate(part.repeat(300_000 / part.length))
      } catch (error) {
        assert.equal((error as Error).name, 'TemplateSyntaxError', `${part}: ${error}`)
      }
      assert.ok(performance.now() - started < 5_000, `${part}: ${Math.round(performance.now() - started)} ms`)
    }
  })
  test('within tighter limits, if it is given them', () => {
    const template = compileTemplate('#foreach($i in [1..10])$i#end')
    assert.equal(template.render(new Map(), { ...defaultLimits, maxRounds: 3 }), '123')
    assert.throws(() => template.render(new Map(), { ...defaultLimits, maxLength: 5 }), { name: 'TemplateError' })
    assert.throws(() => template.render(new Map(), { ...defaultLimits, maxSteps: 50 }), { name: 'TemplateError' })
  })
})
