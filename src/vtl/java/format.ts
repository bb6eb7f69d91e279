import { Double } from '../../json/value.ts'
import { asDouble, isNumber } from '../runtime/arithmetic.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import { HostError, type Value } from '../value.ts'
import { hashOf } from './hash.ts'

const specifier = /%(?:([0-9]+)\$)?([-#+ 0,(<]*)([0-9]+)?(?:\.([0-9]+))?([a-zA-Z%])/y

interface Specifier {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly conversion: string
}

/**
 * `String.format` for `%s %d %f %e %x %o %c %b %h %n %%` with flags, width, precision and argument index.
 *
 * @throws {HostError} for other conversions, missing arguments, and arguments of another class.
 */
export function formatJava(pattern: string, values: readonly Value[], rendering: Rendering): string {
  rendering.spend(pattern.length)
  let result = ''
  let at = 0
  let ordinary = 0
  let last = 0
  while (at < pattern.length) {
    const percent = pattern.indexOf('%', at)
    result += pattern.slice(at, percent < 0 ? undefined : percent)
    if (percent < 0) break
    specifier.lastIndex = percent
    const match = specifier.exec(pattern)
    if (!match) throw new HostError(`UnknownFormatConversionException: ${pattern.slice(percent, percent + 10)}`)
    at = specifier.lastIndex
    const [, index, flags = '', width, precision, conversion = ''] = match
    const spec = { flags, width: Number(width ?? 0), precision: optionalNumber(precision), conversion }
    if (conversion === 'n' || conversion === '%') {
      result += conversion === 'n' ? '\n' : padded('%', spec, rendering)
      continue
    }
    if (!flags.includes('<')) last = index === undefined ? ordinary++ : Number(index) - 1
    const value = values[last]
    if (value === undefined) throw new HostError(`MissingFormatArgumentException: Format specifier '${match[0]}'`)
    result += padded(convert(value, spec, rendering), spec, rendering)
  }
  return result
}

function optionalNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

function padded(text: string, { flags, width }: Specifier, rendering: Rendering): string {
  rendering.spend(width)
  if (width > rendering.limits.maxLength) throw new HostError(`A text longer than ${rendering.limits.maxLength}`)
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width)
}

function convert(value: Value, spec: Specifier, rendering: Rendering): string {
  const text = convertLower(value, spec, rendering)
  return spec.conversion >= 'A' && spec.conversion <= 'Z' ? text.toUpperCase() : text
}

function convertLower(value: Value, spec: Specifier, rendering: Rendering): string {
  switch (spec.conversion.toLowerCase()) {
    case 's':
      return (value === null ? 'null' : textOf(value, rendering)).slice(0, spec.precision)
    case 'b':
      return String(value === null ? false : typeof value === 'boolean' ? value : true).slice(0, spec.precision)
    case 'h':
      return value === null ? 'null' : (hashOf(value, rendering) >>> 0).toString(16)
    case 'c':
      return character(value)
  }
  if (value === null) return 'null'
  if (!isNumber(value)) throw wrongClass(value, spec, rendering)
  switch (spec.conversion) {
    case 'd':
      if (value instanceof Double) break
      return signed(grouped(String(value).replace('-', ''), spec), value < 0, spec)
    case 'x':
    case 'X':
    case 'o':
      if (value instanceof Double) break
      return zeroed(inRadix(value, spec.conversion === 'o' ? 8 : 16), spec)
    case 'f':
    case 'e':
    case 'E':
      if (!(value instanceof Double)) break
      return floating(asDouble(value), spec)
    default:
      throw new HostError(`UnknownFormatConversionException: Conversion = '${spec.conversion}'`)
  }
  throw wrongClass(value, spec, rendering)
}

function wrongClass(value: Value, { conversion }: Specifier, rendering: Rendering): HostError {
  return new HostError(`IllegalFormatConversionException: ${conversion} != ${textOf(value, rendering).slice(0, 50)}`)
}

function character(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string' && [...value].length === 1) return value
  if (typeof value === 'number' && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(value)
  throw new HostError('IllegalFormatConversionException: c')
}

function floating(value: number, spec: Specifier): string {
  if (!Number.isFinite(value)) return signed(Number.isNaN(value) ? 'NaN' : 'Infinity', value < 0, spec)
  const digits = Math.min(spec.precision ?? 6, 100)
  const size = Math.abs(value)
  if (spec.conversion !== 'f') {
    return signed(size.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2'), value < 0, spec)
  }
  return signed(grouped(fixed(size, digits), spec), value < 0, spec)
}

/** Java rounds the shortest decimal form half up; JavaScript rounds the exact binary value. */
function fixed(size: number, digits: number): string {
  if (size >= 1e21) return `${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`
  const [mantissa = '0', exponent = '0'] = size.toExponential().split('e')
  const [whole = '0', part = ''] = mantissa.split('.')
  const shift = Number(exponent) - part.length + digits
  const all = BigInt(whole + part)
  const scaled = shift >= 0 ? all * 10n ** BigInt(shift) : roundedHalfUp(all, -shift)
  const text = String(scaled).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function roundedHalfUp(value: bigint, places: number): bigint {
  if (places > 400) return 0n
  const unit = 10n ** BigInt(places)
  return (value + unit / 2n) / unit
}

function inRadix(value: number | bigint, radix: number): string {
  const bits = typeof value === 'number' && value === (value | 0) ? 32 : 64
  return BigInt.asUintN(bits, BigInt(value)).toString(radix)
}

function grouped(digits: string, { flags }: Specifier): string {
  return flags.includes(',') ? digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ',')) : digits
}

function signed(digits: string, negative: boolean, spec: Specifier): string {
  const { flags } = spec
  const [before, after] = negative ? (flags.includes('(') ? ['(', ')'] : ['-', '']) : [plusSign(flags), '']
  return before + zeroed(digits, spec, before.length + after.length) + after
}

function plusSign(flags: string): string {
  if (flags.includes('+')) return '+'
  return flags.includes(' ') ? ' ' : ''
}

/** Fills up with zeros, if the flag says so, leaving room for signs. */
function zeroed(digits: string, { flags, width }: Specifier, room = 0): string {
  return flags.includes('0') && width <= 1_000 ? digits.padStart(width - room, '0') : digits
}
