import type { ModelDefinition } from '../../openapi/rest/definition.ts'
import { bound } from '../../openapi/rest/model-reference.ts'
import { type ModelRecord, models, modelsOf } from '../model/model.ts'
import { maxModels } from '../model/operations.ts'
import { checkModel } from '../model/rules.ts'
import { limitExceeded } from '../refusal.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** Writes the models; those that stay keep their ids. */
export async function applyModels(definitions: readonly ModelDefinition[], application: Application): Promise<void> {
  const { transaction, scope, restApiId, errors } = application
  const records = await writeModels(definitions, application)
  // Models may refer to each other in circles: each is checked once all are there.
  for (const record of records) {
    await attempt(errors, `Unable to create model for '${record.name}'`, () =>
      checkModel(transaction, scope, restApiId, record),
    )
  }
}

async function writeModels(definitions: readonly ModelDefinition[], application: Application): Promise<ModelRecord[]> {
  const { transaction, scope, restApiId, newId, overwrite, errors } = application
  const stored = new Map((await modelsOf(transaction, scope, restApiId)).map((model) => [model.name, model]))
  const wanted = new Set(definitions.map(({ name }) => name))
  const gone = overwrite ? [...stored.keys()].filter((name) => !wanted.has(name)) : []
  for (const name of gone) await transaction.delete(models, scope, `${restApiId}/${name}`)
  const records = definitions.map(({ schema, ...definition }) => ({
    ...definition,
    schema: typeof schema === 'string' ? schema : JSON.stringify(bound(schema, restApiId), undefined, 2),
    id: stored.get(definition.name)?.id ?? newId(6),
  }))
  for (const record of records) await transaction.put(models, scope, `${restApiId}/${record.name}`, record)
  const added = records.filter(({ name }) => !stored.has(name))
  const past = stored.size - gone.length + added.length - maxModels
  for (const { name } of past > 0 ? added.slice(-past) : []) {
    await attempt(errors, `Unable to create model for '${name}'`, () => {
      throw limitExceeded('Maximum number of Models for this API has been reached.')
    })
  }
  return records
}
