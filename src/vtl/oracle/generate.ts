import type { Random } from '../../../test/seeded.ts'
import {
  comments,
  fragments,
  loopParts,
  macros,
  names,
  pairMethods,
  plainMethods,
  texts,
  valueMethods,
  words,
} from './vocabulary.ts'

/** Writes templates by Velocity's grammar: most of them are well-formed, and they end. */
export class TemplateGenerator {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  template(): string {
    return this.#block(0)
  }

  /** Pieces of templates in any order: what a lexer must not stumble over. */
  soup(): string {
    return this.#repeat(1, 12, () => this.#pick(fragments))
  }

  #block(depth: number): string {
    return this.#repeat(1, depth === 0 ? 7 : 3, () => this.#statement(depth))
  }

  #statement(depth: number): string {
    const simple: (() => string)[] = [
      () => this.#pick(texts),
      () => this.#pick(texts),
      () => this.#reference(depth),
      () => this.#reference(depth),
      () => this.#set(depth),
      () => this.#pick(comments),
    ]
    const nested: (() => string)[] = [
      () => this.#if(depth + 1),
      () => this.#foreach(depth + 1),
      () => this.#macro(depth + 1),
      () => this.#call(depth + 1),
      () => this.#define(depth + 1),
      () => this.#evaluate(depth + 1),
    ]
    return this.#pick(depth < 3 ? [...simple, ...simple, ...nested] : simple)()
  }

  #set(depth: number): string {
    const target = this.#pick(['$x', '$y', '$x', '$y', '$pet.note', '$pet.owner.name', '$list[0]', '$z.w', '${x}'])
    return `${this.#blank()}#set(${this.#blank()}${target} = ${this.#expression(depth + 1)})${this.#pick(['', '', '\n', ' \n'])}`
  }

  #if(depth: number): string {
    const elseif = this.#chance(0.3) ? `#elseif(${this.#expression(depth)})${this.#block(depth)}` : ''
    const otherwise = this.#chance(0.4) ? `${this.#pick(['#else ', '#{else}', '#else\n'])}${this.#block(depth)}` : ''
    return `#if(${this.#expression(depth)})${this.#gap()}${this.#block(depth)}${elseif}${otherwise}${this.#end()}`
  }

  #foreach(depth: number): string {
    const items = this.#pick([
      () => this.#list(depth),
      () => '$list',
      () => '$numbers',
      () => '$holes',
      () => '$pet',
      () => '$pet.tags',
      () => `[${this.#int()}..${this.#int()}]`,
      () => '$pet.keySet()',
      () => '$pet.entrySet()',
      () => '$x',
      () => '$nothing',
    ])()
    const body = this.#chance(0.3) ? this.#pick(loopParts) : ''
    return `#foreach($${this.#pick(['i', 'e', 'x'])} in ${items})${this.#gap()}${body}${this.#block(depth)}${this.#end()}`
  }

  #macro(depth: number): string {
    const parameters = this.#pick(['', ' $a', ' $x', ' $a $b', ' $b $x'])
    return `#macro(${this.#pick(macros)}${parameters})${this.#gap()}${this.#pick(['$a', '$!b', '<$a|$b>', '$bodyContent', ''])}${this.#block(depth)}${this.#end()}`
  }

  #call(depth: number): string {
    const passed = this.#repeat(0, 2, () => `${this.#value(depth)} `)
    const name = this.#pick(macros)
    return this.#chance(0.2) ? `#@${name}(${passed})${this.#block(depth)}${this.#end()}` : `#${name}(${passed})`
  }

  #define(depth: number): string {
    return `#define($${this.#pick(['d', 'x'])})${this.#block(depth)}${this.#end()}$d`
  }

  #evaluate(depth: number): string {
    return `#evaluate(${this.#pick([`'${this.#quotable(depth)}'`, '$x', '$name', "'#set($y = 3)$y'"])})`
  }

  #expression(depth: number): string {
    if (depth > 3 || this.#chance(0.4)) return this.#value(depth)
    const operator = this.#pick([
      ' + ',
      ' - ',
      ' * ',
      ' / ',
      ' % ',
      '+',
      '*',
      ' == ',
      ' != ',
      ' < ',
      ' >= ',
      ' > ',
      ' <= ',
    ])
    return this.#pick([
      () => `${this.#expression(depth + 1)}${operator}${this.#expression(depth + 1)}`,
      () => `${this.#expression(depth + 1)}${operator}${this.#expression(depth + 1)}`,
      () =>
        `${this.#expression(depth + 1)}${this.#pick([' && ', ' || ', ' and ', ' or ', ' eq ', ' ne ', ' lt ', '&&'])}${this.#expression(depth + 1)}`,
      () => `!${this.#value(depth)}`,
      () => `(${this.#expression(depth + 1)})`,
      () => ` ${this.#value(depth)} `,
    ])()
  }

  #value(depth: number): string {
    return this.#pick<() => string>([
      () => this.#int(),
      () => this.#pick(['0.5', '2.0', '-1.25', '1e3', '3000000000', '9223372036854775807', '12345678901234567890']),
      () => this.#pick(['true', 'false']),
      () => this.#reference(depth + 1, true),
      () => this.#reference(depth + 1, true),
      () => this.#reference(depth + 1, true),
      () => `'${this.#pick(words)}'`,
      () => `"${this.#quotable(depth + 1)}"`,
      () => this.#list(depth + 1),
      () => this.#map(depth + 1),
    ])()
  }

  #list(depth: number): string {
    if (depth > 3) return '[]'
    return `[${this.#joined(3, () => this.#value(depth + 1))}]`
  }

  #map(depth: number): string {
    if (depth > 3) return '{}'
    return `{${this.#joined(3, () => `${this.#pick(["'k'", '"id"', '1', '$name', 'true'])}${this.#blank()}:${this.#value(depth + 1)}`)}}`
  }

  #quotable(depth: number): string {
    return this.#repeat(0, 3, () =>
      this.#pick([() => this.#pick(words), () => this.#reference(depth + 1, true)])(),
    ).replaceAll(/["']/g, '')
  }

  #reference(depth: number, plain = false): string {
    const name = this.#pick(names)
    const path = this.#repeat(0, 2, () => this.#access(depth))
    if (plain) return `$${name}${path}`
    return this.#pick([
      `$${name}${path}`,
      `$${name}${path}`,
      `$!${name}${path}`,
      `\${${name}${path}}`,
      `$!{${name}${path}}`,
      `\\$${name}`,
    ])
  }

  #access(depth: number): string {
    const value = () => this.#value(Math.max(depth, 3))
    return this.#pick<() => string>([
      () => `.${this.#pick(['id', 'name', 'tags', 'owner', 'empty', 'k', 'note'])}`,
      () => `.${this.#pick(plainMethods)}()`,
      () => `.${this.#pick(plainMethods)}()`,
      () => `.${this.#pick(valueMethods)}(${value()})`,
      () => `.${this.#pick(pairMethods)}(${value()},${this.#blank()}${value()})`,
      () => `[${this.#pick(['0', '1', '-1', '"id"', '$one', "'k'"])}]`,
    ])()
  }

  #end(): string {
    return this.#pick(['#end', '#end', '#end\n', '#end  \n', '#{end}', '#end '])
  }

  #gap(): string {
    return this.#pick(['', '', '\n', '  \n', ' '])
  }

  #blank(): string {
    return this.#pick(['', '', ' ', '  ', '\t'])
  }

  #int(): string {
    return String(Math.floor(this.#random() * 12) - 4)
  }

  #joined(most: number, make: () => string): string {
    return Array.from({ length: Math.floor(this.#random() * (most + 1)) }, make).join(this.#pick([',', ', ', ' , ']))
  }

  #repeat(least: number, most: number, make: () => string): string {
    return Array.from({ length: least + Math.floor(this.#random() * (most - least + 1)) }, make).join('')
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.#random() * choices.length)]
    if (choice === undefined) throw new RangeError('Nothing to pick from')
    return choice
  }
}
