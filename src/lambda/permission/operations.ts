import type { PolicyStatement } from '../../snapshot/function.ts'
import type { Store } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { checkRevision, conflict, invalidParameter, notFound } from '../error.ts'
import { functions } from '../function/function.ts'
import { functionArn, readFunctionName } from '../function/name.ts'
import type { LambdaOperations } from '../operations.ts'
import { policies } from './policy.ts'
import { renderStatement } from './statement.ts'
import { loadSubject, renewRevision } from './subject.ts'

/** Bytes of a whole policy (documented). */
const maxPolicyBytes = 20_480

export function permissionOperations({ store, newUuid }: { readonly store: Store; readonly newUuid: () => string }) {
  return {
    async AddPermission(input, caller) {
      const reference = readFunctionName(input.FunctionName, input.Qualifier, caller)
      const { name, qualifier } = reference
      if (qualifier === '$LATEST') throw invalidParameter('We currently do not support adding policies for $LATEST.')

      return store.write(async (transaction) => {
        const subject = await loadSubject(transaction, caller, reference)
        checkRevision(input.RevisionId, subject.record.revisionId)
        const statement = renderStatement(input, functionArn(caller, name, qualifier), caller)
        const key = policyKey(name, qualifier)
        const { statements = [] } = (await transaction.get(policies, scopeOf(caller), key)) ?? {}
        if (statements.some(({ Sid }) => Sid === statement.Sid)) {
          throw conflict(
            `The statement id (${statement.Sid}) provided already exists. ` +
              'Please provide a new statement id, or remove the existing statement.',
          )
        }
        const grown = [...statements, statement]
        checkSize(grown)
        await transaction.put(policies, scopeOf(caller), key, { statements: grown })
        await renewRevision(transaction, caller, subject, newUuid())
        return { Statement: JSON.stringify(statement) }
      })
    },

    async RemovePermission(input, caller) {
      const reference = readFunctionName(input.FunctionName, input.Qualifier, caller)
      const { name, qualifier } = reference
      await store.write(async (transaction) => {
        if (!(await transaction.get(functions, scopeOf(caller), name))) {
          throw notFound(`No policy found for: ${functionArn(caller, name)}`)
        }
        const subject = await loadSubject(transaction, caller, reference)
        const key = policyKey(name, qualifier)
        const policy = await transaction.get(policies, scopeOf(caller), key)
        if (policy === undefined) throw notFound('No policy is associated with the given resource.')
        const left = policy.statements.filter(({ Sid }) => Sid !== input.StatementId)
        if (left.length === policy.statements.length) {
          throw notFound(`Statement ${input.StatementId} is not found in resource policy.`)
        }
        checkRevision(input.RevisionId, subject.record.revisionId)
        if (left.length > 0) await transaction.put(policies, scopeOf(caller), key, { statements: left })
        else await transaction.delete(policies, scopeOf(caller), key)
        await renewRevision(transaction, caller, subject, newUuid())
      })
      return {}
    },

    async GetPolicy(input, caller) {
      const reference = readFunctionName(input.FunctionName, input.Qualifier, caller)
      const { name, qualifier } = reference
      return store.read(async (reader) => {
        const policy = await reader.get(policies, scopeOf(caller), policyKey(name, qualifier))
        if (policy === undefined) throw notFound('The resource you requested does not exist.')
        const { record } = await loadSubject(reader, caller, reference)
        return { Policy: render(policy.statements), RevisionId: record.revisionId }
      })
    },
  } satisfies Partial<LambdaOperations>
}

function policyKey(name: string, qualifier = ''): string {
  return `${name}/${qualifier}`
}

function render(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

function checkSize(statements: readonly PolicyStatement[]): void {
  const size = Buffer.byteLength(render(statements))
  if (size <= maxPolicyBytes) return
  throw new ServiceError(
    'PolicyLengthExceededException',
    `The final policy size (${size}) is bigger than the limit (${maxPolicyBytes}).`,
    { members: { Type: 'User' } },
  )
}
