import type { ClientApi, ClientOperation } from './client-api.ts'
import { literal, oneLine } from './source-text.ts'

/** The `README.md` of an SDK. `installation` tells how `apigClientFactory` comes into scope. */
export function readme(api: ClientApi, installation: string): string {
  return `# ${plain(api.name)}

A client of version ${plain(api.version)}, stage ${plain(api.stageName)}.

${installation}
Then:

\`\`\`js
const apigClient = apigClientFactory.newClient({
  // All are optional.
  invokeUrl: ${literal(api.invokeUrl)},
  apiKey: '',
  // With both keys every call is signed (AWS_IAM).
  accessKey: '',
  secretKey: '',
  sessionToken: '',
  region: ${literal(api.region)},
  defaultContentType: 'application/json',
  defaultAcceptType: 'application/json',
  // Calls that were throttled (429) are made again, and those of repeatable verbs after 500, 502, 503, 504 or a lost
  // connection. Each time the wait is random, up to a limit that doubles.
  retry: { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 20000 },
})

${exampleOf(api.operations)}
\`\`\`

A call resolves with \`{ status, statusText, data, headers }\`, and rejects with an error that has the same members when the
answer is no success.

## Operations

${api.operations.map(({ name, verb, path }) => `- \`${name}\`: \`${verb} ${path}\``).join('\n')}
`
}

function exampleOf([operation]: readonly ClientOperation[]): string {
  if (!operation) return ''
  const params = operation.parameters.filter(({ required }) => required).map(({ name }) => `${literal(name)}: '…'`)
  return `const params = { ${params.join(', ')} }
const body = {}
const additionalParams = { headers: {}, queryParams: {} }
const { data } = await apigClient.${operation.name}(params, body, additionalParams)`
}

/** Text without what Markdown or HTML would take for more. */
function plain(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_[\]<>&#|]/g, (character) => `\\${character}`)
}
