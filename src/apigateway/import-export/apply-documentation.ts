import type { DocumentationPartDefinition } from '../../openapi/rest/definition.ts'
import { documentationParts, documentationPartsOf } from '../documentation-part/documentation-part.ts'
import { describeLocation, locationKey } from '../documentation-part/location.ts'
import { maxParts } from '../documentation-part/operations.ts'
import { insertNew } from '../insert-new.ts'
import { limitExceeded } from '../refusal.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** Writes the documentation; parts of a location that stays keep their ids. */
export async function applyDocumentation(
  definitions: readonly DocumentationPartDefinition[],
  { transaction, scope, restApiId, newId, overwrite, errors }: Application,
): Promise<void> {
  const stored = await documentationPartsOf(transaction, scope, restApiId)
  const ids = new Map(stored.map(({ location, id }) => [locationKey(location), id]))
  const wanted = new Set(definitions.map(({ location }) => locationKey(location)))
  for (const [key, id] of overwrite ? [...ids] : []) {
    if (wanted.has(key)) continue
    await transaction.delete(documentationParts, scope, `${restApiId}/${id}`)
    ids.delete(key)
  }
  for (const { location, properties } of definitions) {
    const key = locationKey(location)
    const draft = { location, properties: JSON.stringify(properties) }
    await attempt(errors, `Unable to create documentation part for ${describeLocation(location)}`, async () => {
      const id = ids.get(key)
      if (id !== undefined) return transaction.put(documentationParts, scope, `${restApiId}/${id}`, { ...draft, id })
      if (ids.size >= maxParts) {
        throw limitExceeded('Maximum number of Documentation Parts for this API has been reached.')
      }
      const draw = () => ({ ...draft, id: newId(6) })
      ids.set(key, (await insertNew(transaction, documentationParts, scope, restApiId, draw)).id)
    })
  }
}
