/** A template that is rendered otherwise than by Apache Velocity, on purpose. */
export interface Difference {
  /** As docs/vtl.md says it. */
  readonly what: string
  readonly why: string
  readonly template: string
  /** What Velocity prints, or a part of the error that it fails with. */
  readonly velocity: string | RegExp | { readonly error: string }
  /** What we print; undefined when we refuse the template. */
  readonly ours: string | undefined
}

export const differences: readonly Difference[] = [
  {
    what: '`$x.class` and `getClass()` have no value',
    why: 'templates reach nothing but their data: "no file/class access" in API Gateway',
    template: '$name.class $name.getClass().name $pet.class',
    velocity: 'class java.lang.String java.lang.String class java.util.LinkedHashMap',
    ours: '$name.class $name.getClass().name $pet.class',
  },
  {
    what: '`#include` and `#parse` are refused when the template is compiled',
    why: 'API Gateway has no files for them',
    template: '#if(false)#parse("x")#end',
    velocity: '',
    ours: undefined,
  },
  {
    what: '`#include` of anything',
    why: 'API Gateway has no files for it',
    template: '#include("x")',
    velocity: { error: 'Unable to find resource' },
    ours: undefined,
  },
  {
    what: 'A `#foreach` ends after 1,000 rounds',
    why: 'documented for API Gateway: "Number of iterations in a #foreach ... loop in mapping templates: 1000"',
    template: '#foreach($i in [1..1500])#set($n = $i)#end$n',
    velocity: '1500',
    ours: '1000',
  },
  {
    what: 'A range has at most 100,000 items',
    why: 'memory is bounded',
    template: '#set($x = [1..200000])$x.size()',
    velocity: '200000',
    ours: undefined,
  },
  {
    what: 'An integer has at most 4,096 bits',
    why: 'memory and time are bounded',
    template: '#set($x = 10)#foreach($i in [1..11])#set($x = $x * $x)#end$x.toString().length()',
    velocity: '2049',
    ours: undefined,
  },
  {
    what: 'Arrays, as `split()` and `toArray()` return them, print their items',
    why: 'Java prints a class and an address',
    template: '$name.split("d") $list.toArray()',
    velocity: /^\[Ljava\.lang\.String;@\w+ \[Ljava\.lang\.Object;@\w+$/,
    ours: '[A, a] [a, b, c]',
  },
  {
    what: '`keySet()`, `values()`, `entrySet()` and `subList()` are copies: changes do not reach the map or list',
    why: 'live views would make every change to a map dearer; templates do not depend on them',
    template:
      '#set($d = $pet.keySet().remove("id"))$pet.size() #foreach($k in $pet.owner.keySet())#set($pet.owner.x = 1)$k #end',
    velocity: { error: 'ConcurrentModificationException' },
    ours: '5 name age ',
  },
  {
    what: 'A whole number that fits an `Integer` is one, wherever it comes from',
    why: 'JSON has one kind of number, and Jayway reads the smallest Java class that holds it',
    template: '$one.longValue().parseInt("5") $one.longValue().equals(1)',
    velocity: '$one.longValue().parseInt("5") false',
    ours: '5 true',
  },
  {
    what: 'A character is a string of one',
    why: 'no method of templates tells them apart',
    template: '$name.charAt(0).length() $name.charAt(0).equals("A")',
    velocity: '$name.charAt(0).length() false',
    ours: '1 true',
  },
  {
    what: 'Arithmetic of an integer beyond 64 bits with a fraction is done with doubles',
    why: 'Velocity changes to `BigDecimal`, of which no template is known to make use',
    template: '#set($x = $big + 0.5)$x',
    velocity: '123456789012345678901234567890.5',
    ours: '1.2345678901234568E29',
  },
  {
    what: 'Lookarounds, back references and possessive quantifiers are no regular expressions',
    why: 'patterns take linear time, so that none can stall the gateway',
    template: '$name.replaceAll("d(?=a)", "x")',
    velocity: 'Axa',
    ours: undefined,
  },
  {
    what: 'Methods that neither the documentation nor known templates use do not exist, such as `getBytes()`, `chars()`, `stream()`',
    why: 'what is not there cannot be misused',
    template: '$name.bytes.size() $name.getBytes().size()',
    velocity: '3 3',
    ours: '$name.bytes.size() $name.getBytes().size()',
  },
  {
    what: 'A known method with too many arguments is an unknown method',
    why: 'Velocity finds the method in its cache, by name, and fails; or does not find it and prints the source',
    template: '$name.length() $name.length(1)',
    velocity: { error: 'wrong number of arguments' },
    ours: '3 $name.length(1)',
  },
  {
    what: '`#foreach` without items and `#define` of what is no reference are refused when the template is compiled',
    why: 'Velocity renders nothing, or fails when it comes to them',
    template: '#foreach($x in )a#end#define("d")b#end',
    velocity: '',
    ours: undefined,
  },
  {
    what: 'Loops, blocks, lists and parentheses nest at most 100 deep',
    why: 'the stack is bounded',
    template: `${'#if($yes)'.repeat(150)}a${'#end'.repeat(150)}`,
    velocity: 'a',
    ours: undefined,
  },
]
