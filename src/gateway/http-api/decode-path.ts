/**
 * A path as HTTP APIs see it: percent-decoded once, `%2F` and all, before it is routed (observed). What is no valid escape stays
 * as it is; a decoded `?` ends the path (observed).
 */
export function decodePath(raw: string): string {
  if (!raw.includes('%')) return raw
  const decoded = decodeOnce(raw)
  const question = decoded.indexOf('?')
  return question < 0 ? decoded : decoded.slice(0, question)
}

function decodeOnce(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    // Some escape is none, or no UTF-8: those that spell bytes are decoded together.
    return raw.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
  }
}
