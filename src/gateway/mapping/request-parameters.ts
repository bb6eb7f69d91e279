import type { DeployedMethod } from '../rest/deployed-method.ts'
import { compileSource, type Source } from './source.ts'

/** An integration's `requestParameters`, compiled: a source for each target name. */
export interface RequestParameters {
  readonly path: ReadonlyMap<string, Source>
  readonly querystring: ReadonlyMap<string, Source>
  readonly header: ReadonlyMap<string, Source>
}

/** @returns The first expression that is none, when there is one. */
export function requestParameters(deployed: DeployedMethod): RequestParameters | { readonly invalid: string } {
  const compiled = { path: new Map(), querystring: new Map(), header: new Map() } as const satisfies Record<
    string,
    Map<string, Source>
  >
  for (const [target, expression] of Object.entries(deployed.method.integration.requestParameters)) {
    const [, location, name = ''] = /^integration\.request\.(path|querystring|header)\.(.+)$/.exec(target) ?? []
    const source = compileSource(expression, deployed)
    if (!source) return { invalid: expression }
    if (location === 'path' || location === 'querystring' || location === 'header') compiled[location].set(name, source)
    else return { invalid: target }
  }
  return compiled
}
