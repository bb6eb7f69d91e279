/** The two JSON maps that an event holds of headers and of query parameters: last values, and all values. */
export interface JsonMaps {
  /** `{"name":"last value", …}`, or `null` without entries. */
  readonly single: string
  /** `{"name":["first","last"], …}`, or `null` without entries. */
  readonly multi: string
}

const none: JsonMaps = { single: 'null', multi: 'null' }

/**
 * Builds both maps as text at once. Entries of one name are grouped at the place of its first.
 * @param names Their keys, each as JSON text with a colon: `"Accept":`.
 * @param values One for each name.
 */
export function jsonMaps(names: readonly string[], values: readonly string[]): JsonMaps {
  if (names.length === 0) return none
  let single = ''
  let multi = ''
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? ''
    if (isRepeat(names, i)) continue
    let value = JSON.stringify(values[i] ?? '')
    let list = value
    for (let later = i + 1; later < names.length; later++) {
      if (names[later] !== name) continue
      value = JSON.stringify(values[later] ?? '')
      list += `,${value}`
    }
    const comma = i === 0 ? '{' : ','
    single += comma + name + value
    multi += `${comma + name}[${list}]`
  }
  return { single: `${single}}`, multi: `${multi}}` }
}

function isRepeat(names: readonly string[], at: number): boolean {
  for (let i = 0; i < at; i++) if (names[i] === names[at]) return true
  return false
}
