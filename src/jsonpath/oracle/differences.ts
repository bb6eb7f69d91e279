/** A path that we answer otherwise than Jayway 2.10.0. */
export interface Difference {
  readonly why: string
  /** Each with its document and our answer, in the form of PathOracle.java. */
  readonly paths: readonly (readonly [path: string, document: string, answer: string])[]
}

const nested = '{"a":[{"x":{"y":1}},{"x":{"y":2}}]}'
const texts = '{"a":[{"x":[]},{"x":""},{"x":{}},{"x":null},{},{"x":[1]}]}'

/** Where Jayway's answer is a fault of its own, as its source shows, that no template can want. */
export const differences: readonly Difference[] = [
  {
    why: 'Jayway applies what follows an index or slice of a scan to other items of the list as well, or to none',
    paths: [
      ['$..[0].x.y', nested, 'indefinite\t[1]'],
      ['$..[0][0]', '{"a":[[1,2],[3,4]]}', 'indefinite\t[1]'],
      ['$..[0:1].x', '{"a":[{"x":1},{"x":2}]}', 'indefinite\t[1]'],
      ['$..*.b', '{"a":[1,{"b":2}]}', 'indefinite\t[2]'],
    ],
  },
  {
    why: 'Jayway counts from the end to the second item only, and throws the exception of Java lists beyond the end',
    paths: [
      ['$.a.index(-2)', '{"a":[1,2]}', 'definite\t1'],
      ['$.a.index(5)', '{"a":[1,2]}', 'missing'],
      ['$.a.first()', '{"a":[]}', 'missing'],
    ],
  },
  {
    why: 'Jayway finds out when it reads a path that there is no such function; we when we compile it',
    paths: [
      ['$.a.foo()', '{"a":"x"}', 'invalid'],
      ['$.a(b)', '{"a":1}', 'invalid'],
      ['$..length()', '{"a":[[1,2],[3]]}', 'invalid'],
      ['$.a..length()', '{"a":[[1,2],[3]]}', 'invalid'],
    ],
  },
  {
    why: 'Jayway has operators that no filter in a text can use, or that never hold: `type` cannot be written, `all` can',
    paths: [
      ["$.a[?(@.x type 'a')]", '{"a":[1]}', 'invalid'],
      ['$.a[?(@.x all [1,2])]', '{"a":[{"x":[1,2,3]},{"x":[3]},{"x":[]},{"x":1},{}]}', 'indefinite\t[{"x":[1,2,3]}]'],
      ['$.a[?(@.x ALL [1])]', '{"a":[{"x":[1]}]}', 'indefinite\t[{"x":[1]}]'],
      ['$.a[?(@.x all $.l)]', '{"a":[{"x":[1]}],"l":[1]}', 'indefinite\t[{"x":[1]}]'],
    ],
  },
  {
    why: 'Jayway cannot tell whether an object is empty, cannot compare what lists hold with lists, nor a list on the left',
    paths: [
      ['$.a[?(@.x empty true)]', texts, 'indefinite\t[{"x":[]},{"x":""},{"x":{}}]'],
      ['$.a[?(@.x empty false)]', texts, 'indefinite\t[{"x":[1]}]'],
      ['$.a[?(@.x in [[1],2])]', '{"a":[{"x":[1]},{"x":2}]}', 'indefinite\t[{"x":[1]},{"x":2}]'],
      ['$.a[?([1] == @.x)]', '{"a":[{"x":[1]},{"x":[1.0]}]}', 'indefinite\t[{"x":[1]}]'],
    ],
  },
  {
    why: 'Jayway looks for a path from the document in each item, where a filter asks whether it exists',
    paths: [['$.a[?($.b)]', '{"a":[1],"b":1}', 'indefinite\t[1]']],
  },
  {
    why: 'Jayway begins to look for the greatest number with the smallest positive one',
    paths: [['$.a.max()', '{"a":[-3,-2]}', 'definite\t-2.0']],
  },
  {
    why: 'Jayway leaves out parameters in single quotes, and gives objects in the text of Java maps',
    paths: [
      ["$.concat('a','b')", '{}', 'definite\t"ab"'],
      ['$.concat($.m)', '{"m":{"a":1}}', 'definite\t"{\\"a\\":1}"'],
    ],
  },
  {
    why: 'Jayway counts what is in the last thing found by a parameter of length()',
    paths: [
      ['$.a.length($.b)', '{"a":[1,2],"b":[5,"x",2]}', 'definite\t2'],
      ['$.length($.b)', '{"a":[1,2],"b":[5,"x",2]}', 'definite\t3'],
    ],
  },
]

/** Jayway throws where a filter meets a list that holds lists or objects, whatever it asks. */
export function isListFault(path: string, answer: string): boolean {
  return answer === 'error' && /\?.*(=~|contains|anyof|noneof|subsetof|n?in) /.test(path)
}
