import { Double } from '../../json/value.ts'
import { Collection, listMethods } from '../java/list-methods.ts'
import { keyOf, mapMethods } from '../java/map-methods.ts'
import { checkIndex, isInt } from '../java/method.ts'
import { booleanMethods, doubleMethods, wholeNumberMethods } from '../java/number-methods.ts'
import { stringMethods, stringProperties } from '../java/string-methods.ts'
import type { Evaluate } from '../runtime/macro-frame.ts'
import { DefinedBlock, LoopScope } from '../runtime/objects.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import type { Access, Expression, MethodAccess } from '../syntax/ast.ts'
import { HostError, HostObject, type Value } from '../value.ts'
import type { Compiler } from './compiler.ts'

/** Follows one access from what is before it, which is not null. */
export type Follow = (rendering: Rendering, receiver: Value) => Value

/** Replaces what an access leads to. What cannot be set is left alone, as Velocity leaves it. */
export type Assign = (rendering: Rendering, receiver: Value, value: Value) => void

export function compileAccess(access: Access, compiler: Compiler): Follow {
  switch (access.type) {
    case 'property':
      return compileProperty(access.name, (rendering) => {
        rendering.at = access
      })
    case 'index':
      return compileIndex(access, compiler.expression(access.index))
    case 'method':
      return compileMethod(access, compiler)
  }
}

function compileProperty(name: string, locate: (rendering: Rendering) => void): Follow {
  const ofString = stringProperties.get(name)
  return (rendering, receiver) => {
    if (receiver instanceof Map) return receiver.get(name) ?? null
    if (receiver instanceof HostObject) {
      locate(rendering)
      return receiver.get(name) ?? null
    }
    if (typeof receiver === 'string') return ofString?.(receiver) ?? null
    return name === 'empty' && Array.isArray(receiver) ? receiver.length === 0 : null
  }
}

function compileIndex(access: Access, evaluateIndex: Evaluate): Follow {
  return (rendering, receiver) => {
    const given = evaluateIndex(rendering)
    rendering.at = access
    const index = fromEnd(given, receiver)
    if (Array.isArray(receiver)) return itemAt(receiver, index)
    if (receiver instanceof Map) return receiver.get(keyOf(index, rendering)) ?? null
    return receiver instanceof HostObject && typeof index === 'string' ? (receiver.get(index) ?? null) : null
  }
}

function itemAt(list: readonly Value[], index: Value): Value {
  if (!isInt(index) || list instanceof Collection) return null
  return list[checkIndex(index, list.length)] ?? null
}

/** Negative indexes count from the end. */
function fromEnd(index: Value, receiver: Value): Value {
  if (!isInt(index) || index >= 0) return index
  if (Array.isArray(receiver)) return receiver.length + index
  if (receiver instanceof Map) return receiver.size + index
  if (receiver instanceof LoopScope) return index
  throw new HostError('An index from the end of what has no size')
}

function compileMethod(access: MethodAccess, compiler: Compiler): Follow {
  const evaluateAll = compileArguments(access.arguments, compiler)
  const call = compileCall(access)
  return (rendering, receiver) => call(rendering, receiver, evaluateAll(rendering))
}

/** Calls a method of what is before it, which is not null. */
export function compileCall(access: MethodAccess) {
  const { name } = access
  const ofHost = compileHostCall(access)
  const ofString = stringMethods.get(name)
  const ofMap = mapMethods.get(name)
  const ofList = listMethods.get(name)
  const ofWhole = wholeNumberMethods.get(name)
  const ofDouble = doubleMethods.get(name)
  const ofBoolean = booleanMethods.get(name)
  return (rendering: Rendering, receiver: Value, parameters: readonly Value[]): Value => {
    rendering.at = access
    if (typeof receiver === 'string') return ofString?.(receiver, parameters, rendering) ?? null
    if (receiver instanceof Map) return ofMap?.(receiver, parameters, rendering) ?? null
    if (Array.isArray(receiver)) return ofList?.(receiver, parameters, rendering) ?? null
    if (receiver instanceof HostObject) return ofHost(rendering, receiver, parameters)
    if (typeof receiver === 'boolean') return ofBoolean?.(receiver, parameters, rendering) ?? null
    if (receiver === null) return null
    const ofNumber = receiver instanceof Double ? ofDouble : ofWhole
    return ofNumber?.(receiver, parameters, rendering) ?? null
  }
}

/** Loops are maps as well, and blocks have one method: their text. */
function compileHostCall({ name }: MethodAccess) {
  const ofMap = mapMethods.get(name)
  return (rendering: Rendering, host: HostObject, parameters: readonly Value[]): Value => {
    if (host instanceof DefinedBlock) {
      const hasText = name === 'toString' && parameters.length === 0 && host.depth < host.maxDepth
      return hasText ? textOf(host, rendering) : null
    }
    const result = host.call(name, parameters, rendering) ?? null
    if (result !== null || !(host instanceof LoopScope)) return result
    return ofMap?.(host.members, parameters, rendering) ?? null
  }
}

const none: readonly Value[] = []

function compileArguments(
  parameters: readonly Expression[],
  compiler: Compiler,
): (rendering: Rendering) => readonly Value[] {
  const evaluates = parameters.map((parameter) => compiler.expression(parameter))
  const [first, second] = evaluates
  if (!first) return () => none
  if (!second) return (rendering) => [first(rendering)]
  if (evaluates.length === 2) return (rendering) => [first(rendering), second(rendering)]
  return (rendering) => evaluates.map((evaluate) => evaluate(rendering))
}

/** The assignment to the last access of a reference. That of a method sets the property of its name, as in Velocity. */
export function compileAssign(access: Access, compiler: Compiler): Assign {
  if (access.type === 'index') return compileIndexAssign(access, compiler.expression(access.index))
  const { name } = access
  return (rendering, receiver, value) => {
    rendering.at = access
    rendering.spend(16)
    if (receiver instanceof Map) receiver.set(name, value)
    else if (receiver instanceof HostObject) receiver.set(name, value)
  }
}

function compileIndexAssign(access: Access, evaluateIndex: Evaluate): Assign {
  return (rendering, receiver, value) => {
    const given = evaluateIndex(rendering)
    rendering.at = access
    const index = fromEnd(given, receiver)
    rendering.spend(16)
    if (Array.isArray(receiver)) {
      if (isInt(index)) receiver[checkIndex(index, receiver.length)] = value
    } else if (receiver instanceof Map) receiver.set(keyOf(index, rendering), value)
    else if (receiver instanceof HostObject) {
      if (typeof index !== 'string') throw new HostError('The index is no string')
      receiver.set(index, value)
    }
  }
}
