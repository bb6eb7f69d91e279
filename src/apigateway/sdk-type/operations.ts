import type { RestOperations } from '../operations.ts'
import { notFound } from '../refusal.ts'
import { generatedTypes } from '../sdk/sdk-target.ts'
import { sdkTypes } from './sdk-type.ts'

/** The languages of generated SDKs. */
export function sdkTypeOperations() {
  return {
    async GetSdkType({ id }) {
      const type = sdkTypes.find((candidate) => candidate.id === id)
      if (!type) throw notFound(`Invalid SDK type identifier specified: ${id}`)
      return type
    },

    /** Those that are generated. The answer has no member for a position: it always is the whole list. */
    async GetSdkTypes() {
      return { items: sdkTypes.filter(({ id = '' }) => generatedTypes.includes(id)) }
    },
  } satisfies Partial<RestOperations>
}
