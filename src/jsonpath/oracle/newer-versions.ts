/** What Jayway 2.10.0, and we, read otherwise than 2.0.0 does. Each path is among those of paths.tsv. */
export const newerThan200: readonly {
  readonly what: string
  readonly path: string
  readonly document: string
  /** The answer of 2.0.0. */
  readonly before: string
}[] = [
  { what: 'functions', path: '$.a.length()', document: '{"a":[1,2,3]}', before: 'missing' },
  { what: 'indexes from the end', path: '$.a[-1]', document: '{"a":[0,1,2,3]}', before: 'missing' },
  { what: 'indexes beyond the end among several', path: '$.a[0,9]', document: '{"a":[0,1,2,3]}', before: 'missing' },
  { what: 'names in double quotes', path: '$["a"]', document: '{"a":1}', before: 'invalid' },
  { what: 'escapes in names', path: "$['a\\'b']", document: '{"a\'b":1}', before: 'missing' },
  {
    what: 'what follows several names',
    path: "$['a','b'].x",
    document: '{"a":{"x":1},"b":{"x":2},"c":3}',
    before: 'error',
  },
  {
    what: 'names that some of several values do not have',
    path: '$..a.b',
    document: '{"a":{"c":1},"d":{"a":{"b":2}}}',
    before: 'missing',
  },
  { what: 'scans without a dollar sign', path: '..a', document: '{"a":1}', before: 'indefinite\t[1]' },
  {
    what: 'operators of letters',
    path: "$.a[?(@.x in [1,'a'])]",
    document: '{"a":[{"x":1},{"x":"a"},{"x":2}]}',
    before: 'invalid',
  },
  {
    what: 'texts in double quotes',
    path: '$.a[?(@.x == "q")]',
    document: '{"a":[{"x":"q"}]}',
    before: 'indefinite\t[]',
  },
  {
    what: 'comparison by type',
    path: '$.a[?(@.x == true)]',
    document: '{"a":[{"x":true},{"x":"true"}]}',
    before: 'indefinite\t[{"x":true},{"x":"true"}]',
  },
  {
    what: 'order of numbers and texts',
    path: '$.a[?(@ > 1)]',
    document: '{"a":[1,2,3,"4"]}',
    before: 'indefinite\t[2,3,"4"]',
  },
  {
    what: 'members that are null, which exist',
    path: '$.a[?(@.x)].x',
    document: '{"a":[{"x":null},{"x":false},{"y":1}]}',
    before: 'indefinite\t[false]',
  },
  {
    what: 'missing members, which are unequal to everything',
    path: '$.a[?(@.x != 1)]',
    document: '{"a":[{"x":null},{"x":1},{"y":1}]}',
    before: 'indefinite\t[{"x":null}]',
  },
  {
    what: 'conditions in brackets',
    path: '$.a[?((@.x == 1 || @.y == 2) && @.z == 3)]',
    document: '{"a":[{"y":2,"z":3},{"x":1},{}]}',
    before: 'indefinite\t[{"y":2,"z":3},{"x":1}]',
  },
]
