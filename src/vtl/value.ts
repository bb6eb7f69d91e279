import type { Double } from '../json/value.ts'

/**
 * What a template can hold: JSON values, and objects that its owner offers. `null` is Java's null: nothing.
 *
 * A list is a plain array when it came from JSON, and an `ArrayList` when a template made it. They differ in their text alone.
 */
export type Value = null | boolean | string | number | bigint | Double | Value[] | ValueMap | HostObject

/** A Java `LinkedHashMap`. Keys are told apart by type and value, as in Java: `1` is not `"1"`. */
export type ValueMap = Map<Key, Value>

export type Key = string | number | bigint | boolean

/** What `$name` stands for when rendering begins. Templates may set other values; these are then the render's own. */
export type Variables = ReadonlyMap<string, Value>

/** A list that Java code made, with Java's text: `[a, b]`, where a list that came from JSON has its JSON text: `["a","b"]`. */
export class ArrayList extends Array<Value> {
  // What map, filter and slice make of it are plain lists; without this, they would call the constructor with a length.
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/**
 * An object whose members are code: `$input`, `$util`, `$context`. It is all that a template can reach beyond its data, so
 * every name and argument that comes in is hostile.
 *
 * Errors that the methods throw as `HostError` end the rendering as `TemplateError`s with line and column; any other error
 * goes through unchanged.
 */
export abstract class HostObject {
  /**
   * `$host.name` and `$host["name"]`. `undefined` and `null` both mean nothing, and print the reference's own source.
   *
   * It may be asked once for several references, unless something between them sets members or calls one of `changingMethods`.
   */
  abstract get(name: string): Value | undefined

  /**
   * `$host.name(…args)`. `undefined`: there is no such method, or it returns nothing. Lists and maps that the template may
   * know are changed by `changingMethods` alone.
   *
   * @param work Counts what a call takes more time for than for a short text.
   */
  abstract call(name: string, args: readonly Value[], work: Work): Value | undefined

  /** `#set($host.name = value)`; ignored unless overridden, as Velocity ignores what it cannot set. */
  set(_name: string, _value: Value): void {}

  /** What `$host` prints. Java would print the name of a class. */
  text(): string {
    return ''
  }
}

/** What a rendering has left to do. */
export interface Work {
  /**
   * Counts steps: about one for a character that is read or made.
   *
   * @throws {HostError} when the rendering takes too long.
   */
  spend(steps: number): void
}

/** Thrown by a host object's methods to end the rendering: an argument that cannot be worked with, data that does not parse. */
export class HostError extends Error {
  override readonly name: string = 'HostError'
}
