import { awsQuery } from './aws-query/codec.ts'
import type { CodecFactory } from './codec.ts'
import type { Protocol } from './contract.ts'
import { restJson } from './rest-json/codec.ts'

/** The protocols that are built. Requests in the others are told apart and answered with 501. */
export const codecs: Partial<Record<Protocol, CodecFactory>> = { awsQuery, restJson1: restJson }
