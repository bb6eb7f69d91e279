/**
 * Reads comma-separated values: fields may be quoted, with double quotes or, as the service allows, with single ones; a
 * doubled quote within stands for one. Lines without any text are passed over.
 *
 * @example parseCsv('Name,key\nmine,"a,b"') // [['Name', 'key'], ['mine', 'a,b']]
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let fields: string[] = []
  for (const { field, end } of fieldsOf(text.replace(/^\uFEFF/, ''))) {
    fields.push(field)
    if (end === ',') continue
    if (fields.some((value) => value !== '')) rows.push(fields)
    fields = []
  }
  return rows
}

const fieldForm = /[ \t]*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^,\r\n]*))[ \t]*(,|\r\n|\n|\r|$)/y

function* fieldsOf(text: string): Generator<{ field: string; end: string }> {
  let at = 0
  for (;;) {
    fieldForm.lastIndex = at
    const match = fieldForm.exec(text)
    // A quote that closes before its field ends, or never: the rest of the line is taken as it stands.
    const [all, double, single, plain, end = ''] = match ?? unquoted(text, at)
    yield { field: double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? (plain ?? '').trim(), end }
    at += all.length
    if (end === '' || (at >= text.length && end !== ',')) return
  }
}

function unquoted(text: string, at: number): [string, undefined, undefined, string, string] {
  const [all = '', plain = '', end = ''] = /^([^,\r\n]*)(,|\r\n|\n|\r|$)/.exec(text.slice(at)) ?? []
  return [all, undefined, undefined, plain, end]
}
