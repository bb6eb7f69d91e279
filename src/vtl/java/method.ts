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
  return (self, [value, ...more], rendering) => {
    return value === undefined || more.length > 0 ? undefined : call(self, value, rendering)
  }
}

/** A method with one string. */
export function withText<Receiver>(
  call: (self: Receiver, text: string, rendering: Rendering) => Value | undefined,
): Method<Receiver> {
  return (self, parameters, rendering) => {
    const [text] = textsOf(parameters, 1) ?? []
    return text === undefined ? undefined : call(self, text, rendering)
  }
}

/** The parameters, if they are so many strings. Null suits as well; but Java's methods then fail. */
export function textsOf(parameters: readonly Value[], count: number): readonly string[] | undefined {
  if (parameters.length !== count || !parameters.every((value) => value === null || typeof value === 'string')) {
    return undefined
  }
  return parameters.map((value) => required(value))
}

/** Refuses null, as Java's methods do. */
export function required<T>(value: T | null): T {
  if (value === null) throw new HostError('NullPointerException: an argument is null')
  return value
}

/** Whether a value suits a parameter that is a list, or null. */
export function isListOrNull(value: Value | undefined): value is Value[] | null {
  return value === null || Array.isArray(value)
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
