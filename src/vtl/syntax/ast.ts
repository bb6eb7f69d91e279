import type { Double } from '../../json/value.ts'
import type { Position } from '../error.ts'

/** A template, or a part of one. */
export type Block = readonly Statement[]

export type Statement =
  | Text
  | Reference
  | SetStatement
  | IfStatement
  | ForeachStatement
  | MacroDefinition
  | MacroCall
  | DefineStatement
  | EvaluateStatement
  | BreakStatement
  | StopStatement

export interface Text {
  readonly type: 'text'
  readonly text: string
}

/** `$name`, `$!name`, `${name}` with what follows. */
export interface Reference extends Position {
  readonly type: 'reference'
  readonly name: string
  readonly path: readonly Access[]
  /** Printed before the value. */
  readonly prefix: string
  /** Half the backslashes before it. They are printed, and once more if there is no value. */
  readonly escapes: string
  /** `\$name`: prints its source, whatever the value is. */
  readonly escaped: boolean
  /** Printed when there is no value: nothing for `$!name`. */
  readonly fallback: string
  /** What looks like a reference but is text, as `$\!name`: its text. */
  readonly verbatim: string | undefined
  /** The source, with what Velocity keeps of what came before. */
  readonly literal: string
}

export type Access = PropertyAccess | MethodAccess | IndexAccess

export interface PropertyAccess extends Position {
  readonly type: 'property'
  readonly name: string
}

export interface MethodAccess extends Position {
  readonly type: 'method'
  readonly name: string
  readonly arguments: readonly Expression[]
}

export interface IndexAccess extends Position {
  readonly type: 'index'
  readonly index: Expression
}

export type Expression =
  | Literal
  | Interpolated
  | ListExpression
  | MapExpression
  | Range
  | Binary
  | Not
  | Group
  | Reference

export interface Literal {
  readonly type: 'literal'
  readonly value: string | number | bigint | boolean | Double
  readonly literal: string
}

/** A string in double quotes that is a template. */
export interface Interpolated {
  readonly type: 'interpolated'
  readonly block: Block
  /** Whether the last character of what it prints is not its own. */
  readonly dropLast: boolean
  readonly literal: string
}

export interface ListExpression {
  readonly type: 'list'
  readonly items: readonly Expression[]
  readonly literal: string
}

export interface MapExpression extends Position {
  readonly type: 'map'
  readonly entries: readonly (readonly [key: Expression, value: Expression])[]
  readonly literal: string
}

export interface Range extends Position {
  readonly type: 'range'
  readonly from: Expression
  readonly to: Expression
  readonly literal: string
}

export type Operator = 'and' | 'or' | Comparison | Arithmetic
export type Comparison = 'equal' | 'not-equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal'
export type Arithmetic = 'plus' | 'minus' | 'multiply' | 'divide' | 'modulus'

export interface Binary extends Position {
  readonly type: 'binary'
  readonly operator: Operator
  readonly left: Expression
  readonly right: Expression
  readonly literal: string
}

export interface Not {
  readonly type: 'not'
  readonly operand: Expression
  readonly literal: string
}

/** An expression in parentheses. */
export interface Group {
  readonly type: 'group'
  readonly expression: Expression
  readonly literal: string
}

export interface SetStatement extends Position {
  readonly type: 'set'
  readonly target: Reference
  readonly value: Expression
}

export interface IfStatement {
  readonly type: 'if'
  readonly branches: readonly { readonly condition: Expression; readonly block: Block }[]
  readonly otherwise: Block
}

export interface ForeachStatement extends Position {
  readonly type: 'foreach'
  readonly variable: string
  readonly items: Expression
  readonly block: Block
}

export interface MacroDefinition extends Position {
  readonly type: 'macro'
  readonly name: string
  readonly parameters: readonly string[]
  readonly block: Block
}

/** `#name(…)`, `#@name(…) … #end`, and what only looks like them. */
export interface MacroCall extends Position {
  readonly type: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
  /** Whether an argument is a plain word, which fails if the macro exists. */
  readonly hasWord: boolean
  readonly body: Block | undefined
  /** Printed when there is no such macro. */
  readonly literal: string
}

export interface DefineStatement {
  readonly type: 'define'
  readonly name: string
  readonly block: Block
}

export interface EvaluateStatement extends Position {
  readonly type: 'evaluate'
  readonly source: Expression
}

export interface BreakStatement extends Position {
  readonly type: 'break'
  readonly scope: Expression | undefined
}

export interface StopStatement {
  readonly type: 'stop'
}
