import { Double } from '../../json/value.ts'
import { ArrayList, type Value, type Variables } from '../value.ts'

function list(...items: Value[]): Value {
  return ArrayList.from<Value>(items)
}

/** The same as `variables` of VelocityOracle.java. */
export function variables(): Variables {
  return new Map<string, Value>([
    ['name', 'Ada'],
    ['empty', ''],
    ['yes', true],
    ['no', false],
    ['one', 1],
    ['seven', 7],
    ['half', new Double(0.5)],
    ['long', 10_000_000_000],
    ['big', 123456789012345678901234567890n],
    ['list', list('a', 'b', 'c')],
    ['numbers', list(3, 1, 2)],
    ['nothing', null],
    ['holes', list(1, null, 'x')],
    [
      'pet',
      new Map<string, Value>([
        ['id', 1],
        ['type', 'dog'],
        ['price', new Double(249.99)],
        ['tags', list('x', 'y')],
        [
          'owner',
          new Map<string, Value>([
            ['name', 'Bob'],
            ['age', null],
          ]),
        ],
      ]),
    ],
  ])
}
