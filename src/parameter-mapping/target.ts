/** What a parameter mapping does to a request or a response. */
export interface Target {
  readonly action: 'append' | 'overwrite' | 'remove'
  readonly location: 'header' | 'querystring' | 'path' | 'statuscode'
  /** Of a header or a query parameter; empty otherwise. */
  readonly name: string
}

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Reads a key of `requestParameters`: `append:header.name`, `remove:querystring.name`, `overwrite:path`. */
export function parseRequestTarget(key: string): Target | undefined {
  if (key === 'overwrite:path') return { action: 'overwrite', location: 'path', name: '' }
  return parseNamed(key)
}

/** Reads a key of one status code's `responseParameters`: `append:header.name`, `overwrite:statuscode`. */
export function parseResponseTarget(key: string): Target | undefined {
  if (key === 'overwrite:statuscode') return { action: 'overwrite', location: 'statuscode', name: '' }
  const target = parseNamed(key)
  return target?.location === 'header' ? target : undefined
}

function parseNamed(key: string): Target | undefined {
  const [, action, location, name = ''] = /^(append|overwrite|remove):(header|querystring)\.(.+)$/s.exec(key) ?? []
  if (action !== 'append' && action !== 'overwrite' && action !== 'remove') return undefined
  if (location === 'header') return headerName.test(name) ? { action, location, name } : undefined
  return { action, location: 'querystring', name }
}
