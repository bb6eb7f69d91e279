import { once } from 'node:events'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { freePort } from './cognito.ts'

/** An OpenID provider that runs here. */
export interface OpenIdProvider extends AsyncDisposable {
  readonly issuer: string
  /** Gets an access token for a client of its own. */
  token(scope: string): Promise<string>
}

/** A web application that people sign in to: its id is `spa`, and it has no secret. */
export interface WebApp {
  readonly origin: string
  /** Where the provider sends people back to. */
  readonly redirectUri: string
}

/** Starts a real OpenID provider whose access tokens are signed with RS256. */
export async function startOpenIdProvider(webApp?: WebApp): Promise<OpenIdProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const client = { client_id: 'app', client_secret: 'app-secret', grant_types: ['client_credentials'] }
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [], response_types: [] }, ...(webApp ? [clientOf(webApp)] : [])],
    scopes: ['pets/read', 'pets/write'],
    clientBasedCORS: (_context: unknown, origin: string) => origin === webApp?.origin,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: webApp !== undefined },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://pets.example',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'pets/read pets/write',
          audience: 'pets',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
  const server = createServer(provider.callback()).listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    issuer,
    async token(scope) {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      })
      const { access_token: token }: { access_token?: string } = JSON.parse(await response.text())
      if (token === undefined) throw new Error(`The provider gives no token: ${response.status}`)
      return token
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function clientOf({ redirectUri }: WebApp) {
  return {
    client_id: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [redirectUri],
  } as const
}
