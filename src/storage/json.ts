/**
 * Encodes a document as JSON text.
 *
 * @throws {TypeError} naming the member, when JSON would silently store something else: a `Date`, bytes, a `Map` or another
 *   class, a bigint, a function, NaN, or `undefined` within an array. A member that is `undefined` is left out.
 */
export function encodeDocument(document: object): string {
  return JSON.stringify(document, refuseLossy)
}

/** A replacer. `encoded` has been through `toJSON` already; the holder, `this`, still has the original. */
function refuseLossy(this: object, member: string, encoded: unknown): unknown {
  const loss = lossOf(Reflect.get(this, member), Array.isArray(this))
  if (loss) throw new TypeError(`A document holds JSON data only: its member "${member}" is ${loss}`)
  return encoded
}

function lossOf(value: unknown, inArray: boolean): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (value === undefined) return inArray ? 'undefined' : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === Array.prototype || prototype === null) return undefined
  return `a ${prototype.constructor.name}`
}
