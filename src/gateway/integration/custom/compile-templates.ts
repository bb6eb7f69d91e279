import { loadModule } from '../../../load-module.ts'
import type { CallPlace } from '../../rest/deployed-method.ts'
import type { MappingTemplate } from '../../template/mapping-template.ts'

type Engine = typeof import('../../template/mapping-template.ts')

let engine: Engine | undefined

/** Loaded when a deployed method first has a template: a few megabytes in each thread. */
function loadedEngine(): Engine {
  engine ??= loadModule<Engine>(new URL('../../template/mapping-template', import.meta.url))
  return engine
}

/** A template of a media type. */
export interface BodyTemplate {
  /** What it renders, where that depends on nothing. */
  readonly constant: string | undefined
  /** Absent for an empty template: the body stays as it is (observed). */
  readonly template?: MappingTemplate
}

/**
 * Compiles templates by media type; one that cannot be compiled fails each call that chooses it, as on AWS.
 * @param what What they transform: names it in the log.
 */
export function compileTemplates(
  sources: Readonly<Record<string, string>>,
  place: CallPlace,
  what: 'request' | 'response',
): ReadonlyMap<string, BodyTemplate> {
  return new Map(Object.entries(sources).map(([mediaType, source]) => [mediaType, compile(source, place, what)]))
}

function compile(source: string, place: CallPlace, what: 'request' | 'response'): BodyTemplate {
  const text = source.trim()
  if (text === '') return { constant: undefined }
  // Every reference begins with a dollar sign, every directive and comment with a number sign.
  if (!/[$#]/.test(text)) return { constant: text, template: constantTemplate(text) }
  return { constant: undefined, template: loadedEngine().compileMappingTemplate(source, place, what) }
}

function constantTemplate(text: string): MappingTemplate {
  return { render: ({ overrides }) => ({ text, overrides }) }
}
