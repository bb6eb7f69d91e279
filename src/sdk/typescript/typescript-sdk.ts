import type { ClientApi } from '../client-api.ts'
import { clientSource, headerSource } from '../client-source.ts'
import { clientDeclarations } from '../declarations.ts'
import { modelDeclarations } from '../models.ts'
import { packageName, packageVersion } from '../package-name.ts'
import { readme } from '../readme.ts'
import { runtime } from '../runtime.ts'

/** The files of a TypeScript SDK by path: an ES module with type declarations. */
export function typescriptSdk(api: ClientApi): Record<string, string> {
  return {
    'index.js': `${headerSource(api)}\n${clientSource(api)}\n${runtime}\nconst apigClientFactory = { newClient, ApiError };\n\nexport { ApiError, apigClientFactory, newClient };\n`,
    'index.d.ts': `${clientDeclarations(api)}
export declare const newClient: typeof apigClientFactory.newClient
export declare const ApiError: typeof apigClientFactory.ApiError
`,
    'models.d.ts': modelDeclarations(api.models),
    'package.json': packageJson(api),
    'README.md': readme(api, usage(api)),
  }
}

function packageJson(api: ClientApi): string {
  const document = {
    name: packageName(api.name),
    version: packageVersion(api.version),
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function usage({ name }: ClientApi): string {
  return `After \`npm install ./apiGateway-ts-sdk\`:

\`\`\`ts
import { apigClientFactory } from '${packageName(name)}'
\`\`\`
`
}
