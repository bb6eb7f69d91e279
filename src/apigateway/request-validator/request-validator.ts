import { collection } from '../../storage/store.ts'

/** By `{restApiId}/{requestValidatorId}`. A method may name only a validator that is here. */
export const requestValidators = collection<{ readonly id: string }>('rest-request-validator')
