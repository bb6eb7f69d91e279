import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { HeaderList } from '../headers.ts'

/** A content coding that REST APIs know. */
export type Coding = 'deflate' | 'gzip'

/** Reads a `Content-Encoding`; undefined for any other coding, and for several. */
export function codingOf(value: string): Coding | undefined {
  const name = value.trim().toLowerCase()
  if (name === 'gzip' || name === 'x-gzip') return 'gzip'
  return name === 'deflate' ? 'deflate' : undefined
}

/**
 * The coding that a client likes best, by its `Accept-Encoding`: gzip where it likes both alike.
 * @returns Undefined for one that names none, or that likes the bare body better.
 */
export function acceptedCoding(headers: HeaderList): Coding | undefined {
  const accepted = headers.get('accept-encoding')
  if (accepted === undefined) return undefined
  const weights = weightsOf(accepted)
  const any = weights.get('*') ?? 0
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? any
  const deflate = weights.get('deflate') ?? any
  const best = Math.max(gzip, deflate)
  if (best <= 0 || best < (weights.get('identity') ?? 0)) return undefined
  return gzip >= deflate ? 'gzip' : 'deflate'
}

/** Weights from 0 to 1 by the lower-case name of a coding. */
function weightsOf(accepted: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const entry of accepted.split(',')) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const value = weight === undefined ? 1 : Number(weight.slice(2))
    if (name !== '') weights.set(name, value >= 0 && value <= 1 ? value : 0)
  }
  return weights
}

const whole = {
  gzip: promisify<Uint8Array | string, Buffer>(zlib.gzip),
  deflate: promisify<Uint8Array | string, Buffer>(zlib.deflate),
}

/** Compresses a body on another thread. */
export function compress(body: string | Uint8Array, coding: Coding): Promise<Buffer> {
  return whole[coding](body)
}

/** What compresses a body piece by piece. */
export function compressor(coding: Coding): zlib.Gzip | zlib.Deflate {
  return coding === 'gzip' ? zlib.createGzip() : zlib.createDeflate()
}

const unpack = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  zlib: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate),
  raw: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw),
}

/**
 * Decompresses a body on another thread. `deflate` stands for the zlib format; clients that send bare deflate data are
 * understood too.
 * @throws {Error} of `node:zlib`: `ERR_BUFFER_TOO_LARGE` for what would be longer than `maxBytes`.
 */
export function decompress(bytes: Buffer, coding: Coding, maxBytes: number): Promise<Buffer> {
  const format = coding === 'gzip' ? 'gzip' : hasZlibHeader(bytes) ? 'zlib' : 'raw'
  return unpack[format](bytes, { maxOutputLength: maxBytes })
}

/** RFC 1950: the method is deflate, and both bytes together a multiple of 31. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0
}
