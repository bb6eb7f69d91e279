import type { Block, IfStatement, Statement, Text } from '../syntax/ast.ts'

/** Longer texts are not repeated. */
const maxRepeated = 200

/**
 * Moves the texts before and after conditions into their branches, where they are one with the texts that are there: whatever
 * is printed in one piece is printed sooner. Evaluating the conditions must not end the rendering in any way but by an error.
 */
export function joinTexts(block: Block): Block {
  const joined: Statement[] = []
  for (const statement of block) {
    const last = joined.at(-1)
    if (statement.type === 'if' && isShort(last)) joined.splice(-1, 1, around(last.text, statement, ''))
    else if (last?.type === 'if' && isShort(statement)) joined.splice(-1, 1, around('', last, statement.text))
    else joined.push(statement)
  }
  return joined
}

function isShort(statement: Statement | undefined): statement is Text {
  return statement?.type === 'text' && statement.text.length <= maxRepeated
}

function around(before: string, { branches, otherwise, ...statement }: IfStatement, after: string): IfStatement {
  return {
    ...statement,
    branches: branches.map(({ condition, block }) => ({ condition, block: between(before, block, after) })),
    otherwise: between(before, otherwise, after),
  }
}

function between(before: string, block: Block, after: string): Block {
  const joined: Statement[] = []
  for (const statement of [text(before), ...block, text(after)]) {
    const last = joined.at(-1)
    if (statement.type !== 'text') joined.push(statement)
    else if (last?.type === 'text') joined.splice(-1, 1, text(last.text + statement.text))
    else if (statement.text !== '') joined.push(statement)
  }
  return joined
}

function text(content: string): Text {
  return { type: 'text', text: content }
}
