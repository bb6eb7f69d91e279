import { badRequest } from '../../apigateway/refusal.ts'
import type { CorsRecord } from './api.ts'

/** Documented: an origin, any, or any of one scheme. */
const originForm = /^(?:\*|[a-z][a-z0-9+.-]*:\/\/(?:\*|[^\s/*]+))$/i
const methods = ['*', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const tokenForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** @throws {ServiceError} `BadRequestException` for what no browser would understand. */
export function checkCors(cors: CorsRecord): void {
  const { AllowCredentials, AllowOrigins = [], AllowMethods = [], AllowHeaders = [], ExposeHeaders = [] } = cors
  if (AllowCredentials && AllowOrigins.includes('*')) {
    throw badRequest("allow-credentials is not supported if 'allow-origin' is *")
  }
  refuseOther(AllowOrigins, (origin) => originForm.test(origin), 'allow-origin')
  refuseOther(AllowMethods, (method) => methods.includes(method), 'allow-methods')
  refuseOther(AllowHeaders, (name) => tokenForm.test(name), 'allow-headers')
  refuseOther(ExposeHeaders, (name) => tokenForm.test(name), 'expose-headers')
}

function refuseOther(values: readonly string[], isValid: (value: string) => boolean, what: string): void {
  const wrong = values.find((value) => !isValid(value))
  if (wrong !== undefined) throw badRequest(`Invalid value for '${what}': ${wrong}`)
}
