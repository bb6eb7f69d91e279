/** One line of a table. In its head, a cell that ends in `:` aligns its column to the right. */
export type Cells = readonly string[]

/** Writes a Markdown table whose columns are also even when read as plain text. */
export function table(head: Cells, rows: readonly Cells[]): string {
  const right = head.map((text) => text.endsWith(':'))
  const titles = head.map((text) => text.replace(/:$/, ''))
  const widths = titles.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: Cells) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, right[column] === true)).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => `${'-'.repeat(width - 1)}${right[column] ? ':' : '-'}`).join(' | ')} |`
  return [line(titles), rule, ...rows.map(line)].join('\n')
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}
