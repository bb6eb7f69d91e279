import { type Kind, matching } from './kind.ts'

/** Twelve digits would name an account. */
export const accessKeyId = matching(/^\w{16,128}$/, 'an access key id of at least 16 letters and digits', '<id>')

/** What is wrong with it is said without repeating it. */
export const secretAccessKey: Kind<string> = {
  expected: 'a text of at least 16 characters',
  fromText: (text) => text,
  parse(value) {
    const usable = typeof value === 'string' && value.length >= 16
    return usable ? { value } : { problems: [`must be ${this.expected}`] }
  },
}
