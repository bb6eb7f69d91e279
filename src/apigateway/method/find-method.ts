import type { Reader } from '../../storage/store.ts'
import { requireResource } from '../resource/resource.ts'
import { type MethodRecord, methods } from './method.ts'

/** Where a method is. */
export interface MethodPlace {
  /** `/pets/{petId}` */
  readonly path: string
  readonly httpMethod: string
}

/** Finds the first method of an API that meets a condition, such as using what is about to be deleted. */
export async function findMethod(
  reader: Reader,
  scope: string,
  restApiId: string,
  condition: (method: MethodRecord) => boolean,
): Promise<MethodPlace | undefined> {
  const entries = await reader.list(methods, scope, { prefix: `${restApiId}/` })
  const found = entries.find(({ document }) => condition(document))
  if (!found) return undefined
  const [, resourceId = ''] = found.key.split('/')
  const { path } = await requireResource(reader, scope, restApiId, resourceId)
  return { path, httpMethod: found.document.httpMethod }
}
