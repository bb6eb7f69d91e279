import { type Kind, matching, wrong } from './kind.ts'

/** A region of AWS. */
export const region = matching(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'a region such as us-east-1', '<region>')

/** The base of the URLs that an endpoint answers. */
export const httpUrl: Kind<string> = {
  expected: 'an http or https URL',
  fromText: (text) => text,
  parse(value) {
    const usable = typeof value === 'string' && /^https?:\/\/./.test(value) && URL.canParse(value)
    return usable ? { value } : wrong(this, value)
  },
}
