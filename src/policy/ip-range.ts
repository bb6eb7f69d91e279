/** A range of addresses: those whose first bits are its own. */
export interface IpRange {
  contains(address: string): boolean
}

/**
 * Reads an address or a CIDR range, of IPv4 or IPv6: `203.0.113.0/24`, `2001:db8::1`. IPv4 addresses that are written as
 * IPv6 ones (`::ffff:203.0.113.7`) are IPv4 addresses.
 * @returns `undefined` for what is none.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = '', prefix, ...more] = text.split('/')
  const bytes = parseIp(address)
  if (!bytes || more.length > 0) return undefined
  const bits = prefix === undefined ? bytes.length * 8 : parsePrefix(prefix, bytes.length * 8)
  if (bits === undefined) return undefined
  return {
    contains(tested) {
      const other = parseIp(tested)
      return other?.length === bytes.length && sharesBits(bytes, other, bits)
    },
  }
}

function parsePrefix(text: string, most: number): number | undefined {
  const bits = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  return bits <= most ? bits : undefined
}

function sharesBits(bytes: readonly number[], other: readonly number[], bits: number): boolean {
  const whole = bits >> 3
  for (let index = 0; index < whole; index++) if (bytes[index] !== other[index]) return false
  const mask = 0xff & (0xff00 >> (bits & 7))
  return ((bytes[whole] ?? 0) & mask) === ((other[whole] ?? 0) & mask)
}

/** The 4 or 16 bytes of an address. */
function parseIp(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return parseIpv4(text)
  const bytes = parseIpv6(text)
  const mapped = bytes?.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff))
  return mapped ? bytes?.slice(12) : bytes
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256))
  return bytes.length === 4 && bytes.every((byte) => byte < 256) ? bytes : undefined
}

function parseIpv6(text: string): readonly number[] | undefined {
  // A zone (`fe80::1%eth0`) names an interface of this machine: it is no part of the address.
  const [address = ''] = text.split('%')
  const halves = address.split('::').map(parseGroups)
  const [head, tail] = halves
  if (!head || halves.length > 2 || halves.includes(undefined)) return undefined
  if (!tail) return halves.length === 1 && head.length === 16 ? head : undefined
  const missing = 16 - head.length - tail.length
  return missing >= 2 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const dotted = index === groups.length - 1 && group.includes('.') ? parseIpv4(group) : undefined
    if (dotted) bytes.push(...dotted)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return undefined
  }
  return bytes
}
