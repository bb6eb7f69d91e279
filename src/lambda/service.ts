import { aliasOperations } from './alias/operations.ts'
import { type ConcurrencyDependencies, concurrencyOperations } from './concurrency/operations.ts'
import { type FunctionDependencies, functionOperations } from './function/operations.ts'
import { updateOperations } from './function/update.ts'
import { type InvocationDependencies, invocationOperations } from './invocation/operations.ts'
import { layerOperations } from './layer/operations.ts'
import type { LambdaOperations } from './operations.ts'
import { permissionOperations } from './permission/operations.ts'
import { tagOperations } from './tag/operations.ts'
import { versionOperations } from './version/operations.ts'

export type LambdaDependencies = FunctionDependencies & ConcurrencyDependencies & InvocationDependencies

/**
 * Every operation of Lambda that is built. Each change of a function appends a revision of topic `function`, whose key
 * is the function's name.
 */
export function lambdaOperations(dependencies: LambdaDependencies) {
  return {
    ...functionOperations(dependencies),
    ...updateOperations(dependencies),
    ...versionOperations(dependencies),
    ...aliasOperations(dependencies),
    ...permissionOperations(dependencies),
    ...concurrencyOperations(dependencies),
    ...layerOperations(dependencies),
    ...tagOperations(dependencies),
    ...invocationOperations(dependencies),
  } satisfies Partial<LambdaOperations>
}
