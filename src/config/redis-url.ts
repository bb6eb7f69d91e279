import type { Kind } from './kind.ts'

/** Where a Redis is. What is wrong with it is said without repeating it: it may hold a password. */
export const redisUrl: Kind<string> = {
  expected: 'a redis or rediss URL such as redis://127.0.0.1:6379/0',
  placeholder: '<url>',
  fromText: (text) => text,
  parse(value) {
    const isUsable =
      typeof value === 'string' && /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value) && hasDatabase(new URL(value))
    return isUsable ? { value } : { problems: [`must be ${this.expected}`] }
  },
}

/** A path can only be the number of a database. */
function hasDatabase({ pathname }: URL): boolean {
  return /^\/?\d*$/.test(pathname)
}
