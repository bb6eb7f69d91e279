import type { Rendering } from '../runtime/rendering.ts'
import { HostError, type Value } from '../value.ts'

/**
 * A method of a Java class. `undefined`: it takes no such arguments, so for Velocity there is no such method. Methods without a
 * result return the empty string, as Velocity prints them.
 */
export type Method<Receiver> = (self: Receiver, parameters: readonly Value[], rendering: Rendering) => Value | undefined

export type Methods<Receiver> = ReadonlyMap<string, Method<Receiver>>

/** A method without parameters. */
export function plain<Receiver>(call: (self: Receiver, rendering: Rendering) => Value): Method<Receiver> {
  return (self, parameters, rendering) => (parameters.length === 0 ? call(self, rendering) : undefined)
}

/** A method with one parameter of any class. */
export function withValue<Receiver>(
  call: (self: Receiver, value: Value, rendering: Rendering) => Value | undefined,
): Method<Receiver> {
  return (self, [value], rendering) => (value === undefined ? undefined : call(self, value, rendering))
}

/** A method with one string. */
export function withText<Receiver>(
  call: (self: Receiver, text: string, rendering: Rendering) => Value | undefined,
): Method<Receiver> {
  return (self, [value, more], rendering) => {
    if (more !== undefined || !isText(value)) return undefined
    return call(self, value, rendering)
  }
}

/** Whether a value suits a `String` parameter. Null does for Java too, whose methods then fail. */
export function isText(value: Value | undefined): value is string {
  if (value === null) throw new HostError('NullPointerException: an argument is null')
  return typeof value === 'string'
}

/** Whether a value suits an `int` parameter. */
export function isInt(value: Value | undefined): value is number {
  return typeof value === 'number' && value >= -2147483648 && value <= 2147483647
}

/** Refuses an index that is not from 0 to below the length. */
export function checkIndex(index: number, length: number): number {
  if (index >= 0 && index < length) return index
  throw new HostError(`IndexOutOfBoundsException: Index ${index} out of bounds for length ${length}`)
}
