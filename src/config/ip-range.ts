import { parseIpRange } from '../policy/ip-range.ts'
import { type Kind, wrong } from './kind.ts'

/** Addresses and CIDR ranges of IPv4 and IPv6; as a flag or a variable, with commas between. */
export const ipRangeList: Kind<readonly string[]> = {
  expected: 'a list of IP addresses and CIDR ranges',
  placeholder: '<ranges>',
  fromText: (text) => text.split(',').map((range) => range.trim()),
  parse(value) {
    const ranges = Array.isArray(value) ? value.filter((range) => typeof range === 'string') : []
    const usable =
      Array.isArray(value) && ranges.length === value.length && ranges.every((range) => parseIpRange(range))
    return usable ? { value: ranges } : wrong(this, value)
  },
}
