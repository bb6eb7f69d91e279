import type { JsonObject } from '../../json.ts'
import type { ApiDefinition, AuthorizerDefinition, MethodDefinition } from '../definition.ts'
import { defaultAuthType } from '../read/security-schemes.ts'
import { has, type WriteContext } from './options.ts'

const apiKeyScheme = 'api_key'
const iamScheme = 'sigv4'

/** The names that an API's security schemes have in its document. */
export interface SchemeNames {
  readonly apiKey: string
  readonly iam: string
}

/** Observed names, but for an API with authorizers of these names. */
export function schemeNames({ authorizers }: ApiDefinition): SchemeNames {
  const taken = new Set(authorizers.map(({ name }) => name))
  return { apiKey: freeName(apiKeyScheme, taken), iam: freeName(iamScheme, taken) }
}

/** Writes an operation's `security`. Observed: the authorization comes first, and the API key beside it as an alternative. */
export function writeSecurity(method: MethodDefinition, names: SchemeNames): JsonObject[] {
  const { authorizer, authorizationScopes = [] } = method
  return [
    ...(authorizer === undefined ? [] : [{ [authorizer]: authorizationScopes }]),
    ...(method.authorizationType === 'AWS_IAM' ? [{ [names.iam]: [] }] : []),
    ...(method.apiKeyRequired ? [{ [names.apiKey]: [] }] : []),
  ]
}

/** Writes the security schemes that the API's methods and authorizers need. */
export function writeSecuritySchemes(definition: ApiDefinition, context: WriteContext): JsonObject {
  const { names } = context
  const methods = definition.resources.flatMap((resource) => resource.methods)
  const used = new Set(methods.flatMap(({ authorizer }) => authorizer ?? []))
  const written = definition.authorizers.filter(({ name }) => has(context, 'authorizers') || used.has(name))
  return {
    ...Object.fromEntries(written.map((authorizer) => [authorizer.name, writeAuthorizer(authorizer, context)])),
    ...(methods.some(({ apiKeyRequired }) => apiKeyRequired) && {
      [names.apiKey]: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    }),
    ...(methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM') && {
      [names.iam]: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    }),
  }
}

function writeAuthorizer(authorizer: AuthorizerDefinition, context: WriteContext): JsonObject {
  const { name, type, authType, identitySource, ...rest } = authorizer
  const header = type === 'REQUEST' ? undefined : headerOf(identitySource)
  return {
    type: 'apiKey',
    // Observed: what a request authorizer's scheme is called.
    name: header ?? 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': authType ?? defaultAuthType(type),
    ...context.describe({ type: 'AUTHORIZER', name }),
    ...(has(context, 'authorizers') && {
      'x-amazon-apigateway-authorizer': {
        ...Object.fromEntries(Object.entries(rest)),
        ...(identitySource !== undefined && header === undefined && { identitySource }),
        type: type.toLowerCase(),
      },
    }),
  }
}

function headerOf(identitySource = ''): string | undefined {
  return /^method\.request\.header\.(.+)$/.exec(identitySource)?.[1]
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`_${name}`, taken) : name
}
