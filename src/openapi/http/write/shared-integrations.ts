import type { HttpApiDefinition } from '../definition.ts'

/** The names, by key, of the integrations that are written apart from routes: those of several routes, and of none. */
export function nameShared({ integrations, routes }: HttpApiDefinition): ReadonlyMap<string, string> {
  const isOfOne = (key: string) => routes.filter(({ integration }) => integration === key).length === 1
  const shared = integrations.filter(({ key }) => !isOfOne(key))
  return new Map(shared.map(({ key }, index) => [key, `integration${index + 1}`]))
}
