import { getRandomValues } from 'node:crypto'
import { idDrawer } from './apigateway/new-id.ts'
import { type IamDependencies, secretKeyAlphabet, uniqueIdAlphabet } from './iam/dependencies.ts'

/** What IAM and STS need from outside, over a store. */
export function identityDependencies(given: Pick<IamDependencies, 'store' | 'now' | 'cipher'>): IamDependencies {
  return {
    ...given,
    newId: idDrawer(getRandomValues, uniqueIdAlphabet),
    newSecret: idDrawer(getRandomValues, secretKeyAlphabet),
  }
}
