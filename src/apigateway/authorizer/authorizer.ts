import { collection } from '../../storage/store.ts'

/** By `{restApiId}/{authorizerId}`. A method may name only an authorizer that is here. */
export const authorizers = collection<{ readonly id: string }>('rest-authorizer')
