import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type OpenIdProvider, startOpenIdProvider } from '../access/open-id-provider.ts'
import { clientsOf, createFunction, permit } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { required } from '../management/client.ts'
import { connectV2 } from './client.ts'

/** Tells who has called. */
const source = `
export const handler = async ({ requestContext }) => {
  const { claims, scopes } = requestContext.authorizer.jwt
  return { client: claims.client_id, sub: claims.sub, scopes }
}`

describe('a single-page application', () => {
  let webApp: WebApp
  let provider: OpenIdProvider
  let gatehouse: Gatehouse
  let browser: Browser
  let api: ApiGatewayV2
  let ApiId: string

  before(async () => {
    webApp = await startWebApp()
    ;[provider, gatehouse, browser] = await Promise.all([
      startOpenIdProvider(webApp),
      startGatehouse(),
      chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] }),
    ])
    api = connectV2(gatehouse.url)
    ApiId = await createApi()
    webApp.settings = {
      issuer: provider.issuer,
      api: `http://${ApiId}.execute-api.localhost:${new URL(gatehouse.url).port}/pets`,
      redirectUri: webApp.redirectUri,
    }
  })
  after(async () => {
    await browser.close()
    await Promise.all([webApp, provider, gatehouse].map((each) => each[Symbol.asyncDispose]()))
  })

  /** Behind a JWT authorizer, and shared with the application's origin. */
  async function createApi(): Promise<string> {
    const clients = clientsOf(gatehouse.url)
    const functionArn = await createFunction(clients, 'pets', source)
    const created = await api.createApi({
      Name: 'pets',
      ProtocolType: 'HTTP',
      CorsConfiguration: { AllowOrigins: [webApp.origin], AllowMethods: ['GET'], AllowHeaders: ['authorization'] },
    })
    const apiId = required(created.ApiId)
    await permit(clients, functionArn, apiId)
    const { IntegrationId } = await api.createIntegration({
      ApiId: apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
    })
    const { AuthorizerId } = await api.createAuthorizer({
      ApiId: apiId,
      Name: 'people',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: provider.issuer, Audience: ['pets'] },
    })
    await api.createRoute({
      ApiId: apiId,
      RouteKey: 'GET /pets',
      Target: `integrations/${IntegrationId}`,
      AuthorizationType: 'JWT',
      AuthorizerId: required(AuthorizerId),
      AuthorizationScopes: ['pets/read'],
    })
    await api.createStage({ ApiId: apiId, StageName: '$default', AutoDeploy: true })
    return apiId
  }

  async function shown(page: Page, button: string): Promise<string> {
    await page.click(button)
    await page.waitForFunction(`!['', '…'].includes(document.querySelector('#answer').textContent)`)
    return (await page.textContent('#answer')) ?? ''
  }

  /** Fills with the statuses of the preflights that the browser sends from now on. */
  async function preflightsOf(page: Page): Promise<string[]> {
    const statuses: string[] = []
    const protocol = await page.context().newCDPSession(page)
    protocol.on('Network.responseReceived', ({ type, response }) => {
      if (type === 'Preflight') statuses.push(String(response.status))
    })
    await protocol.send('Network.enable')
    return statuses
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(webApp.origin)
    await page.click('#sign-in')
    await page.fill('input[name=login]', 'ann')
    await page.fill('input[name=password]', 'secret')
    await page.click('button[type=submit]')
    // The provider asks whether the application may have what it asks for.
    await page.click('button[type=submit]')
    await page.waitForSelector('text=Signed in')
  }

  test('on another origin signs in, passes the preflight and calls with its token', async () => {
    const page = await browser.newPage()
    await signIn(page)
    const asked = await preflightsOf(page)
    const answer = await shown(page, '#call')
    assert.deepEqual(asked, ['204'])
    assert.deepEqual(
      [answer.slice(0, 3), JSON.parse(answer.slice(4))],
      ['200', { client: 'spa', sub: 'ann', scopes: ['pets/read'] }],
    )
    await page.close()
  })

  test('is refused without its token, and may read why', async () => {
    const page = await browser.newPage()
    await page.goto(webApp.origin)
    assert.equal(await shown(page, '#call-without'), '401 {"message":"Unauthorized"}')
    assert.equal(await shown(page, '#call'), '401 {"message":"Unauthorized"}')
    await page.close()
  })

  test('of an origin that is not shared with learns nothing', async () => {
    await api.updateApi({
      ApiId,
      CorsConfiguration: { AllowOrigins: ['https://elsewhere.example'], AllowHeaders: ['authorization'] },
    })
    const page = await browser.newPage()
    await signIn(page)
    assert.equal(await shown(page, '#call'), 'TypeError')
    assert.equal(await shown(page, '#call-without'), 'TypeError')
    await page.close()
  })
})

interface WebApp extends AsyncDisposable {
  readonly origin: string
  readonly redirectUri: string
  /** What its page is told. */
  settings: object
}

/** Serves the application's only page. */
async function startWebApp(): Promise<WebApp> {
  const page = await readFile(new URL('web-app.html', import.meta.url), 'utf8')
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(page.replace('SETTINGS', JSON.stringify(webApp.settings)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The web application has no port')
  const origin = `http://127.0.0.1:${address.port}`
  const webApp: WebApp = {
    origin,
    redirectUri: `${origin}/signed-in`,
    settings: {},
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
  return webApp
}
