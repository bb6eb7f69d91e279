import { isJsonObject, type JsonValue } from '../../json/value.ts'
import { type Argument, length } from '../functions.ts'
import type { Parameter, Path, Segment } from '../path.ts'
import type { CompiledPath, CompileSegments, Evaluation, Visit } from './evaluation.ts'

/** `.length()`: what the function makes of a value and its parameters. */
export function visitFunction(
  { call, parameters }: Segment & { kind: 'function' },
  next: Visit,
  compile: CompileSegments,
): Visit {
  const counts = call === length
  const read = parameters.map((parameter) => compileParameter(parameter, counts, compile))
  return (value, findings) => {
    const { evaluation } = findings
    const values = read.map((parameter) => parameter(counts ? value : evaluation.root, evaluation))
    evaluation.count(1 + [value, ...values].reduce((total: number, each) => total + sizeOf(each), 0))
    const result = call(value, values, evaluation)
    if (result !== undefined) next(result, findings)
  }
}

function sizeOf(value: Argument): number {
  return Array.isArray(value) ? value.length : 0
}

function compileParameter(parameter: Parameter, counts: boolean, compile: CompileSegments) {
  if ('value' in parameter) return () => copyOf(parameter.value)
  const path = compileParameterPath(parameter.path, counts, compile)
  return (value: JsonValue, evaluation: Evaluation): Argument => path.evaluate(value, evaluation)
}

/** What is found may be changed by whoever reads it; the path must stay as it is. */
function copyOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copyOf)
  return isJsonObject(value) ? new Map([...value].map(([name, member]) => [name, copyOf(member)])) : value
}

/** What `length($..a)` counts is all that the lists and objects found hold: Jayway adds `[*]`. */
function compileParameterPath(path: Path, counts: boolean, compile: CompileSegments): CompiledPath {
  const compiled = compile(path)
  if (!counts || compiled.definite) return compiled
  return compile({ ...path, segments: [...path.segments, { kind: 'wildcard' }] })
}
