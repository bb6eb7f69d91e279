/** A text as a literal of JavaScript and TypeScript, safe in a page's inline script as well. */
export function literal(text: string): string {
  const unsafe = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(text).replaceAll(/[<\u2028\u2029]/g, unsafe)
}

/** A comment of one line, which its text can neither end nor break. */
export function comment(text: string): string {
  return `/** ${oneLine(text).replaceAll('*/', '* /')} */`
}

/** A text without line breaks and other control characters. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** The name of an object's member: bare where that is possible. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : literal(name)
}

/** Moves all lines but the first and empty ones to the right. */
export function indent(text: string, spaces = 2): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(spaces)}`)
}

/** Gives each name that is taken the first free number: `pet`, `pet2`, `pet3`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let number = 2; taken.has(unique); number++) unique = `${name}${number}`
    taken.add(unique)
    return unique
  })
}
