/** The methods that change what they are called on: lists, maps and their entries. No other may. */
export const changingMethods: ReadonlySet<string> = new Set([
  'add',
  'addAll',
  'clear',
  'put',
  'putAll',
  'putIfAbsent',
  'remove',
  'removeAll',
  'retainAll',
  'set',
  'setValue',
])
